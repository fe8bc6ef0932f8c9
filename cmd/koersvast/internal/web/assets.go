package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed static
var static embed.FS

// assetPrefix is where the files of static are served, under a hash of all of
// them. One hash for the whole set keeps the references between them (a style
// sheet's fonts, a module's imports) what they are in the source.
const assetPrefix = "/static/"

// An assetFile is one file as it goes over the line.
type assetFile struct {
	contentType string
	plain       []byte
	zipped      []byte // nil where it would not be shorter
}

type assetSet struct {
	hash  string
	files map[string]assetFile
}

var assets = loadAssets(static)

// asset returns the address of a file in static. It panics when there is no
// such file: a page that asks for one is wrong in every test that shows it.
func asset(name string) string {
	if _, ok := assets.files[name]; !ok {
		panic("web: no asset " + name)
	}
	return assetPrefix + assets.hash + "/" + name
}

// Assets serves what asset names, to be kept for good by whoever asks: other
// contents have another address.
func Assets() http.Handler { return assets }

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".csv":   "text/csv; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

func loadAssets(from fs.FS) *assetSet {
	set := &assetSet{files: map[string]assetFile{}}
	hash := sha256.New()
	err := fs.WalkDir(from, "static", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(from, file)
		if err != nil {
			return err
		}
		f := assetFile{contentType: contentTypes[path.Ext(file)], plain: b}
		if f.contentType == "" {
			return fmt.Errorf("%s: what type is that?", file)
		}
		if z := zip(b); len(z) < len(b) {
			f.zipped = z
		}
		set.files[strings.TrimPrefix(file, "static/")] = f
		fmt.Fprintf(hash, "%s %d\n", file, len(b))
		hash.Write(b)
		return nil
	})
	if err != nil {
		panic("web: assets: " + err.Error())
	}
	set.hash = hex.EncodeToString(hash.Sum(nil))[:12]
	return set
}

func zip(b []byte) []byte {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	_, _ = w.Write(b) // a Buffer takes everything
	_ = w.Close()
	return z.Bytes()
}

func (s *assetSet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.Path, assetPrefix+s.hash+"/")
	f, found := s.files[name]
	if !ok || !found {
		http.NotFound(w, r)
		return
	}
	body, h := f.plain, w.Header()
	if f.zipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			body = f.zipped
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who went away needs no answer
	}
}
