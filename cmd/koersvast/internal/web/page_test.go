package web

import (
	"net/url"
	"slices"
	"testing"

	"koersvast/cmd/koersvast/internal/web/i18n"
)

func TestThePageInAnotherLanguageOrOfAnotherDayIsTheSamePage(t *testing.T) {
	address, err := url.Parse("/p/x/promises?q=a+b&after=41&lang=nl")
	if err != nil {
		t.Fatal(err)
	}
	p := Page{Address: address}
	if got, want := p.with(paramLang, string(i18n.English)), "/p/x/promises?lang=en&q=a+b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := p.with(paramLang, ""), "/p/x/promises?q=a+b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := p.rest(paramLang), []Hidden{{"q", "a b"}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestThePastDoesNotChange(t *testing.T) {
	p := Page{Stream: "/live", AsOf: "2026-03-03"}
	if got := p.stream(); got != "" {
		t.Errorf("got %q, want no stream", got)
	}
}
