package browser

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// TextOf returns what can be read in a PDF that Chromium made, a space after
// each piece of text. Words can be cut into pieces; see [Letters].
func TextOf(t testing.TB, pdf []byte) string {
	t.Helper()
	objects := map[string][]byte{} // by their number
	for _, m := range pdfObject.FindAllSubmatch(pdf, -1) {
		objects[string(m[1])] = m[2]
	}
	fonts := map[string]map[string]string{} // glyphs as text, by the font's name
	for _, o := range objects {
		for _, m := range pdfFont.FindAllSubmatch(o, -1) {
			if unicode := pdfUnicode.FindSubmatch(objects[string(m[2])]); unicode != nil {
				fonts[string(m[1])] = glyphs(stream(t, objects[string(unicode[1])]))
			}
		}
	}
	var text strings.Builder
	for _, number := range pdfPages(objects) {
		font := map[string]string{}
		for _, m := range pdfShown.FindAllSubmatch(stream(t, objects[number]), -1) {
			if len(m[1]) > 0 {
				font = fonts[string(m[1])]
				continue
			}
			for i := 0; i+4 <= len(m[2]); i += 4 {
				text.WriteString(font[strings.ToLower(string(m[2][i:i+4]))])
			}
			text.WriteByte(' ')
		}
	}
	return text.String()
}

// Letters leaves the white space out of a text, so that it can be found where
// words are cut into pieces.
func Letters(text string) string { return strings.Join(strings.Fields(text), "") }

var (
	pdfObject  = regexp.MustCompile(`(?s)(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj`)
	pdfStream  = regexp.MustCompile(`(?s)^(.*?)stream\r?\n(.*)\r?\nendstream`)
	pdfPage    = regexp.MustCompile(`/Type /Page\b[^s]`)
	pdfContent = regexp.MustCompile(`/Contents (\d+) 0 R`)
	pdfFont    = regexp.MustCompile(`/(F\d+) (\d+) 0 R`)
	pdfUnicode = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	pdfShown   = regexp.MustCompile(`/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>`)
	pdfGlyphs  = regexp.MustCompile(`<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>|<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>`)
)

// pdfPages are the contents of the pages, in order.
func pdfPages(objects map[string][]byte) (contents []string) {
	for n := 1; n <= len(objects); n++ {
		if o := objects[strconv.Itoa(n)]; pdfPage.Match(o) {
			if m := pdfContent.FindSubmatch(o); m != nil {
				contents = append(contents, string(m[1]))
			}
		}
	}
	return contents
}

func stream(t testing.TB, object []byte) []byte {
	t.Helper()
	m := pdfStream.FindSubmatch(object)
	if m == nil {
		t.Fatalf("%.80q is no stream", object)
	}
	if !bytes.Contains(m[1], []byte("/FlateDecode")) {
		return m[2]
	}
	z, err := zlib.NewReader(bytes.NewReader(m[2]))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// glyphs reads which text the glyphs of a font stand for.
func glyphs(table []byte) map[string]string {
	text := map[string]string{}
	for _, m := range pdfGlyphs.FindAllSubmatch(table, -1) {
		if len(m[4]) > 0 {
			text[strings.ToLower(string(m[4]))] = utf16Text(string(m[5]))
			continue
		}
		first, last, to := number(m[1]), number(m[2]), number(m[3])
		for i := first; i <= last; i++ {
			text[strconv.FormatInt(0x10000+i, 16)[1:]] = string(rune(to + i - first))
		}
	}
	return text
}

func number(digits []byte) int64 {
	n, _ := strconv.ParseInt(string(digits), 16, 64) // the expression lets nothing else through
	return n
}

func utf16Text(digits string) string {
	b, _ := hex.DecodeString(digits)
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	return string(utf16.Decode(units))
}
