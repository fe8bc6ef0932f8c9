package i18n_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"koersvast/cmd/koersvast/internal/web/i18n"
)

// keys returns the keys of a locale file in the order in which they stand.
func keys(t *testing.T, l i18n.Lang) []string {
	t.Helper()
	f, err := os.Open("locales/" + string(l) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var ks []string
	d := json.NewDecoder(f)
	for depth, key := 0, true; ; {
		tok, err := d.Token()
		if err != nil {
			break
		}
		switch v := tok.(type) {
		case json.Delim:
			if v == '{' {
				depth++
			} else {
				depth--
			}
			key = true
		case string:
			if depth == 1 && key {
				ks = append(ks, v)
			}
			key = !key
		}
	}
	return ks
}

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	nl, en := keys(t, i18n.Dutch), keys(t, i18n.English)
	for _, k := range nl {
		if !slices.Contains(en, k) {
			t.Errorf("locales/en.json: %s is missing", k)
		}
	}
	for _, k := range en {
		if !slices.Contains(nl, k) {
			t.Errorf("locales/nl.json: %s is missing", k)
		}
	}
}

func TestKeysAreSortedSoThatMergesStayEasy(t *testing.T) {
	for _, l := range i18n.Langs {
		ks := keys(t, l)
		for i := 1; i < len(ks); i++ {
			if ks[i] <= ks[i-1] {
				t.Errorf("locales/%s.json: %s stands after %s", l, ks[i], ks[i-1])
			}
		}
	}
}

func TestBothLanguagesTakeTheSameValues(t *testing.T) {
	value := regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)
	taken := func(l i18n.Lang) map[string][]string {
		b, err := os.ReadFile("locales/" + string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]json.RawMessage
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Fatal(err)
		}
		m := map[string][]string{}
		for k, text := range texts {
			names := map[string]bool{}
			for _, v := range value.FindAllStringSubmatch(string(text), -1) {
				names[v[1]] = true
			}
			m[k] = slices.Sorted(maps.Keys(names))
		}
		return m
	}
	nl, en := taken(i18n.Dutch), taken(i18n.English)
	for k := range nl {
		if !slices.Equal(nl[k], en[k]) {
			t.Errorf("%s: Dutch takes %v, English %v", k, nl[k], en[k])
		}
	}
}

var (
	// said finds the id, or the beginning of it, in T(ctx, "id") and
	// T(ctx, "begin."+rest).
	said    = regexp.MustCompile(`\b(?:T|Lookup)\(\s*[\w.()]+,\s*"([^"]*)"(\s*\+)?`)
	literal = regexp.MustCompile(`"([a-z][\w.]*)"(\s*\+)?`)
)

func TestEverySentenceThatIsSaidExistsAndNoneIsLeftOver(t *testing.T) {
	all := keys(t, i18n.Dutch)
	used := map[string]bool{}
	begun := func(prefix string) (found bool) {
		for _, k := range all {
			if strings.HasPrefix(k, prefix) {
				used[k], found = true, true
			}
		}
		return found
	}
	// Every source of the binary may speak; the package itself is two levels
	// below internal.
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasSuffix(path, "_test.go"), strings.HasSuffix(path, "_templ.go"):
			return nil
		case !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ"):
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range said.FindAllStringSubmatch(string(b), -1) {
			id, more := m[1], m[2] != ""
			if more && !begun(id) || !more && !slices.Contains(all, id) {
				t.Errorf("%s says %s, which no locale file knows", path, id)
			}
		}
		// A key may also travel, as in a list of what can be chosen.
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
			if m[2] != "" && strings.HasSuffix(m[1], ".") {
				begun(m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		// Refusals are said by code, whatever the concept.
		if !used[k] && !strings.HasPrefix(k, "refusal.") {
			t.Errorf("nothing says %s", k)
		}
	}
}
