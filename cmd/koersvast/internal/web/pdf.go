package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// A Printer makes PDFs.
type Printer interface {
	// PDF prints a page, which is HTML that needs no other file.
	PDF(ctx context.Context, page []byte) ([]byte, error)
}

const pdfEnding = ".pdf"

// pdf is the address of the page as a PDF.
func (p Page) pdf() templ.SafeURL {
	u := url.URL{Path: p.path() + pdfEnding}
	if p.Address != nil {
		q := p.Address.Query()
		q.Del(paramAfter)
		u.RawQuery = q.Encode()
	}
	return templ.SafeURL(u.String())
}

// onPaper returns the frame of a page of which a PDF is made.
func (s *Server) onPaper(p Page) Page {
	p.Paper = s.address(strings.TrimSuffix(p.path(), pdfEnding))
	p.Stream = ""
	return p
}

// sendPDF answers with a page as a PDF.
func (s *Server) sendPDF(w http.ResponseWriter, r *http.Request, name string, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return err
	}
	pdf, err := s.Printer.PDF(r.Context(), b.Bytes())
	if err != nil {
		return err
	}
	return s.sendFile(w, r, File{name + pdfEnding, pdf})
}

// paper is what a page on paper has in its head: the style of all pages with
// what that needs, and the policy that lets nothing else in.
var paper = sync.OnceValue(func() (p struct{ policy, style string }) {
	css := styleReference.ReplaceAllFunc(assets.files["app.css"].plain, func(reference []byte) []byte {
		name := string(styleReference.FindSubmatch(reference)[1])
		return []byte("url(data:" + contentTypes[path.Ext(name)] + ";base64," + base64.StdEncoding.EncodeToString(assets.files[name].plain) + ")")
	})
	hash := sha256.Sum256(css)
	p.policy = "default-src 'none'; font-src data:; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	p.style = "<style>" + string(css) + "</style>"
	return p
})

var styleReference = regexp.MustCompile(`url\(([\w./-]+)\)`)
