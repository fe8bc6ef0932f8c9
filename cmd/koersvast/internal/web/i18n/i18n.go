// Package i18n says things in the reader's language: sentences from the
// locale files, and days, times and numbers as people there write them.
//
// The language travels in the context. What the pages say stands in
// locales/<language>.json, one flat key a line, sorted; a text with {{.Name}}
// takes that value, and one with "one" and "other" chooses by the value n.
package i18n

import (
	"context"
	"embed"
	"encoding/json"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed locales/*.json
var locales embed.FS

// A Lang is a language of the interface, as HTML and HTTP name it.
type Lang string

const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// Langs lists the languages, the default first.
var Langs = []Lang{Dutch, English}

// speaker is what is needed to say something in one language.
type speaker struct {
	lang     Lang
	messages *i18n.Localizer
	numbers  *message.Printer
}

var speakers = func() map[Lang]*speaker {
	bundle := i18n.NewBundle(language.Dutch)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	m := map[Lang]*speaker{}
	for _, l := range Langs {
		if _, err := bundle.LoadMessageFileFS(locales, "locales/"+string(l)+".json"); err != nil {
			panic(err)
		}
		m[l] = &speaker{l, i18n.NewLocalizer(bundle, string(l)), message.NewPrinter(language.MustParse(string(l)))}
	}
	return m
}()

var matcher = language.NewMatcher([]language.Tag{language.Dutch, language.English})

// Choose returns the language that fits best: the one asked for by name if we
// speak it, else what the Accept-Language header prefers, else Dutch.
func Choose(asked, accept string) Lang {
	if _, ok := speakers[Lang(asked)]; ok {
		return Lang(asked)
	}
	tags, _, _ := language.ParseAcceptLanguage(accept)
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return Dutch
	}
	return Langs[i]
}

type key struct{}

// In returns a context in which things are said in l.
func In(ctx context.Context, l Lang) context.Context {
	return context.WithValue(ctx, key{}, l)
}

// Of returns the language of ctx; Dutch when it has none.
func Of(ctx context.Context) Lang { return speakerOf(ctx).lang }

func speakerOf(ctx context.Context) *speaker {
	l, _ := ctx.Value(key{}).(Lang)
	if s, ok := speakers[l]; ok {
		return s
	}
	return speakers[Dutch]
}

// T says the sentence of that id in the language of ctx. Values come as
// alternating names and values; the one named "n" chooses between one and
// other. A sentence that does not exist shows as ⟦id⟧.
//
// The values are not escaped: what T returns is text, never HTML.
func T(ctx context.Context, id string, values ...any) string {
	if s, ok := Lookup(ctx, id, values...); ok {
		return s
	}
	return "⟦" + id + "⟧"
}

// Lookup is T that also reports whether there is such a sentence.
func Lookup(ctx context.Context, id string, values ...any) (string, bool) {
	c := i18n.LocalizeConfig{MessageID: id}
	if len(values) > 0 {
		data := make(map[string]any, len(values)/2)
		for i := 0; i+1 < len(values); i += 2 {
			name, _ := values[i].(string)
			data[name] = values[i+1]
		}
		c.TemplateData, c.PluralCount = data, data["n"]
	}
	s, err := speakerOf(ctx).messages.Localize(&c)
	return s, err == nil
}

// Number writes n with the separators of the language: 12.500 or 12,500.
func Number[N int | int64 | uint64 | float64](ctx context.Context, n N) string {
	return speakerOf(ctx).numbers.Sprint(n)
}
