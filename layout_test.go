// Package koersvast_test holds what is true of the module as a whole: who may
// import whom, what a rule may know of the world, and that nothing that was
// said in one place is forgotten in another. When it stops you, read the
// sentence first and change the table last.
package koersvast_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "koersvast"

// A place says what the packages of a folder may import, besides the standard
// library. A pattern that ends in /... is a folder and all below it.
type place struct {
	folder string
	may    []string // packages of this module
	also   []string // of other modules
	tests  []string // what its tests may import besides, of either
}

// places is the table. The first that matches a package counts.
var places = []place{
	{
		folder: "domain/catalog",
		may:    []string{"domain/..."},
		tests:  []string{"github.com/google/go-cmp/..."},
	},
	{
		folder: "domain/domaintest",
		may:    []string{"domain"},
		also:   []string{"github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "domain/measure",
		also:   []string{"gonum.org/v1/gonum/floats", "gonum.org/v1/gonum/stat/..."}, // and nothing of ours: it knows numbers only
		tests:  []string{"pgregory.net/rapid"},
	},
	{
		folder: "domain/round",
		may:    []string{"domain", "domain/measure", "domain/disclosure"}, // which are no concepts: they know numbers and sets
		tests:  []string{"domain/domaintest", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "domain/consistency",
		may:    []string{"domain", "domain/measure"},
		tests:  []string{"domain/domaintest", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "domain/method",
		may:    []string{"domain", "domain/measure"}, // whose numbers it lets a programme change
		tests:  []string{"domain/domaintest", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "domain/...",
		may:    []string{"domain"}, // one concept knows another by id only
		tests:  []string{"domain/domaintest", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},

	{
		folder: "eventstore/keys",
		may:    []string{"domain"},
		also:   []string{"github.com/mattn/go-sqlite3", "github.com/hashicorp/golang-lru/v2"},
		tests:  []string{"domain/...", "eventstore/...", "github.com/google/go-cmp/..."},
	},
	{
		folder: "eventstore/index",
		may:    []string{"domain", "eventstore"},
		also:   []string{"github.com/mattn/go-sqlite3"},
		tests:  []string{"domain/...", "eventstore/...", "github.com/google/go-cmp/..."},
	},
	{
		folder: "eventstore/ballotbox/ballot",
		may:    []string{"domain"},
		also:   []string{"github.com/cloudflare/circl/blindsign/blindrsa", "golang.org/x/text/unicode/norm"},
	},
	{
		folder: "eventstore/ballotbox",
		may:    []string{"domain", "eventstore/ballotbox/ballot"},
		tests:  []string{"eventstore/keys", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "eventstore/schema",
		may:    []string{"domain", "eventstore"},
		tests:  []string{"domain/...", "github.com/google/go-cmp/...", "github.com/santhosh-tekuri/jsonschema/v6"},
	},
	{
		folder: "eventstore/eventstoretest",
		may:    []string{"domain/...", "eventstore"},
		also:   []string{"github.com/google/go-cmp/..."},
	},
	{
		folder: "eventstore",
		may:    []string{"domain", "eventstore/..."},
		also:   []string{"github.com/nats-io/...", "github.com/hashicorp/golang-lru/v2"},
		tests: []string{
			"domain/...", "github.com/google/go-cmp/...", "github.com/santhosh-tekuri/jsonschema/v6",
			"github.com/cloudevents/sdk-go/...", // the feed is read as anybody would
		},
	},

	{
		folder: "projections",
		may:    []string{"domain"},
		also:   []string{"github.com/mattn/go-sqlite3"},
		tests: []string{
			"domain/...", "projections/...", "github.com/google/go-cmp/...", "pgregory.net/rapid",
			"eventstore", // where log and read models meet: what is live must be what a rebuild gives
		},
	},
	{
		folder: "projections/projectionstest",
		may:    []string{"domain/...", "projections"},
		also:   []string{"github.com/google/go-cmp/..."},
		tests:  []string{"projections/..."},
	},
	{
		folder: "projections/consistency/...",
		may:    []string{"domain/...", "projections/..."}, // it looks at all views together
		tests:  []string{"projections/projectionstest", "github.com/google/go-cmp/...", "pgregory.net/rapid"},
	},
	{
		folder: "projections/published",
		may:    []string{"domain/...", "projections/..."}, // it says of all views what is for everybody
		also:   []string{"github.com/mattn/go-sqlite3"},
		tests:  []string{"github.com/google/go-cmp/..."},
	},
	{
		folder: "projections/...",
		may:    []string{"domain/...", "projections"}, // no view knows another
		tests:  []string{"projections/projectionstest", "github.com/google/go-cmp/..."},
	},

	{
		folder: "ops/bench",
		may:    []string{"domain/...", "eventstore/...", "projections/...", "ops"},
		also:   []string{"github.com/nats-io/...", "github.com/mattn/go-sqlite3", "github.com/oklog/ulid/v2"},
	},
	{
		folder: "ops/...",
		may:    []string{"domain", "eventstore", "projections", "ops"},
		also:   []string{"github.com/prometheus/client_golang/..."},
		tests:  []string{"domain/...", "eventstore/...", "projections/..."},
	},

	{
		folder: "cmd/koersvast/internal/browser",
		also:   []string{"github.com/chromedp/..."},
	},
	{
		folder: "cmd/koersvast/internal/paper",
		may:    []string{"domain"},
		tests:  []string{"cmd/koersvast/internal/browser"},
	},
	{
		folder: "cmd/koersvast/internal/station",
		may:    []string{"domain/...", "eventstore", "eventstore/ballotbox/...", "projections/..."},
		also:   []string{"golang.org/x/text/unicode/norm"},
		tests:  []string{"eventstore/keys", "github.com/google/go-cmp/..."},
	},
	{
		folder: "cmd/koersvast/internal/post",
		may:    []string{"domain/...", "projections/...", "cmd/koersvast/internal/web/i18n"},
		also:   []string{"github.com/mattn/go-sqlite3", "github.com/wneessen/go-mail/..."},
		tests:  []string{"github.com/google/go-cmp/..."},
	},
	{
		folder: "cmd/koersvast/internal/clockwork",
		may: []string{
			"domain/...", "eventstore", "eventstore/ballotbox/...", "projections/...",
			"cmd/koersvast/internal/post", "cmd/koersvast/internal/signin", "cmd/koersvast/internal/station", "cmd/koersvast/internal/web/i18n",
		},
		also:  []string{"github.com/rickar/cal/v2/..."}, // public holidays, which no rule of ours would keep up with
		tests: []string{"eventstore/keys", "github.com/google/go-cmp/...", "github.com/emersion/go-smtp"},
	},
	{
		folder: "cmd/koersvast/internal/signin",
		may:    []string{"domain"},
		also:   []string{"github.com/mattn/go-sqlite3", "golang.org/x/time/rate"},
		tests:  []string{"github.com/google/go-cmp/..."},
	},
	{
		folder: "cmd/koersvast/internal/web/i18n",
		may:    []string{"domain"},
		also:   []string{"github.com/nicksnyder/go-i18n/v2/i18n", "golang.org/x/text/..."},
	},
	{
		folder: "cmd/koersvast/internal/web/...",
		may:    []string{"..."},
		also: []string{
			"github.com/a-h/templ/...", "github.com/danielgtaylor/huma/v2/...", "golang.org/x/text/...",
			"github.com/oklog/ulid/v2", "github.com/xuri/excelize/v2", "github.com/boombuler/barcode/...", "github.com/arran4/golang-ical",
		},
		tests: []string{"github.com/google/go-cmp/...", "github.com/santhosh-tekuri/jsonschema/v6"},
	},
	{
		folder: "cmd/koersvast/internal/demo",
		may:    []string{"domain/...", "eventstore", "eventstore/ballotbox/...", "projections/...", "cmd/koersvast/internal/station"},
		tests:  []string{"eventstore/keys", "github.com/google/go-cmp/..."},
	},
	{
		folder: "cmd/koersvast",
		may:    []string{"..."},
		also:   []string{"github.com/alecthomas/kong", "github.com/oklog/ulid/v2"},
		tests: []string{
			"github.com/rogpeppe/go-internal/...", "github.com/google/go-cmp/...", "pgregory.net/rapid", "github.com/nats-io/...", "github.com/mattn/go-sqlite3", "github.com/xuri/excelize/v2",
			"github.com/emersion/go-smtp",
		},
	},
}

// forTests reports whether a package helps tests and has no place in the
// binary.
func forTests(pkg string) bool {
	return strings.HasSuffix(pkg, "test") || pkg == "cmd/koersvast/internal/browser"
}

func TestWhoMayImportWhom(t *testing.T) {
	used := map[string]bool{}
	for _, p := range packages(t) {
		if p.folder == "." {
			continue // this file
		}
		i := slices.IndexFunc(places, func(r place) bool { return match(r.folder, p.folder) })
		if i < 0 {
			t.Errorf("%s has no place in the table of layout_test.go; say there what it may import", p.folder)
			continue
		}
		r := places[i]
		used[r.folder] = true
		for _, imported := range p.Imports {
			refuseImport(t, p.folder, imported, slices.Clone(r.may), r.also)
			if ours, ok := strings.CutPrefix(imported, module+"/"); ok && forTests(ours) && !forTests(p.folder) {
				t.Errorf("%s imports %s, which is for tests only", p.folder, ours)
			}
			if imported == "testing" && !forTests(p.folder) {
				t.Errorf("%s imports testing; what helps tests stands in a package whose name ends in test", p.folder)
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			tests := append(slices.Clone(r.tests), p.folder)
			refuseImport(t, p.folder+" (test)", imported, slices.Concat(r.may, tests), slices.Concat(r.also, tests))
		}
	}
	for _, r := range places {
		if !used[r.folder] {
			t.Errorf("the table of layout_test.go speaks of %s, and there is no such package", r.folder)
		}
	}
}

// refuseImport fails when a package imports what its place does not allow.
func refuseImport(t *testing.T, folder, imported string, may, also []string) {
	t.Helper()
	ours, isOurs := strings.CutPrefix(imported, module+"/")
	switch {
	case isOurs && matchAny(may, ours), !isOurs && matchAny(also, imported):
	case isOurs:
		t.Errorf("%s imports %s; of our own packages it may import %q only", folder, ours, slices.DeleteFunc(may, foreign))
	case foreign(imported):
		var whose []string
		for _, r := range places {
			if matchAny(slices.Concat(r.also, r.tests), imported) {
				whose = append(whose, r.folder)
			}
		}
		if whose == nil {
			t.Errorf("%s imports %s, which nobody does yet; a new module is a decision: give it a place in the table of layout_test.go", folder, imported)
			return
		}
		t.Errorf("%s imports %s, which is for %q only", folder, imported, whose)
	}
}

// foreign reports whether a package is of another module.
func foreign(pkg string) bool {
	first, _, more := strings.Cut(pkg, "/")
	return more && strings.Contains(first, ".")
}

func match(pattern, name string) bool {
	prefix, ok := strings.CutSuffix(pattern, "...")
	if !ok {
		return pattern == name
	}
	return strings.HasPrefix(name+"/", prefix)
}

func matchAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return match(p, name) })
}

// impure packages bring the world into rules that must not depend on it.
var impure = []string{
	"bufio", "context", "crypto/rand", "database/...", "embed", "expvar", "io/...", "log", "math/rand/...", "net/...",
	"os/...", "plugin", "runtime/...", "sync/...", "syscall/...", "testing/...", "unsafe",
}

// outside names what reaches outside from packages that rules may use.
var outside = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Local"},
	"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
	"log/slog": {
		"Debug", "DebugContext", "Info", "InfoContext", "Warn", "WarnContext", "Error", "ErrorContext",
		"Log", "LogAttrs", "Default", "SetDefault", "New", "With",
	},
}

func TestRulesKnowNothingOfTheWorld(t *testing.T) {
	for _, f := range sources(t) {
		if !match("domain/...", f.folder) || f.test || forTests(f.folder) {
			continue
		}
		for _, imported := range f.imports {
			if matchAny(impure, imported) {
				t.Errorf("%s imports %s; rules are pure: what they need of the world comes in with the act", f.name, imported)
			}
		}
		f.eachReference(func(pkg, name string) {
			if slices.Contains(outside[pkg], name) {
				t.Errorf("%s uses %s.%s; rules have no clock, no output and no chance: take what you need from the act", f.name, path.Base(pkg), name)
			}
		})
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine; a rule is a function of its arguments", f.name)
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" {
					t.Errorf("%s has an init; a rule needs nothing to be set up", f.name)
				}
			}
			return true
		})
	}
}

// concepts returns the packages of the domain that have facts, with the types
// in them that have a method of that name.
func concepts(t *testing.T, method string) (types map[string][]string) {
	t.Helper()
	types = map[string][]string{}
	for _, f := range sources(t) {
		if !match("domain/...", f.folder) || f.test || forTests(f.folder) {
			continue
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == method {
				if name := receiver(fn); name != "" {
					types[f.folder] = append(types[f.folder], name)
				}
			}
		}
	}
	if len(types) == 0 {
		t.Fatalf("no type of the domain has a method %s; this check has lost its subject", method)
	}
	return types
}

func TestEveryFactIsInTheCatalogue(t *testing.T) {
	listed := map[string]bool{}    // "domain/promise.Kept"
	catalogue := map[string]bool{} // "domain/promise"
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		if f.folder == "domain/catalog" {
			f.eachReference(func(pkg, name string) {
				if name == "Events" {
					catalogue[strings.TrimPrefix(pkg, module+"/")] = true
				}
			})
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if n, ok := n.(*ast.IndexExpr); ok {
				if s, ok := n.X.(*ast.SelectorExpr); ok && s.Sel.Name == "TypeOf" {
					if fact, ok := n.Index.(*ast.Ident); ok {
						listed[f.folder+"."+fact.Name] = true
					}
				}
			}
			return true
		})
	}
	for folder, facts := range concepts(t, "EventName") {
		for _, fact := range facts {
			if !listed[folder+"."+fact] {
				t.Errorf("%s.%s is a fact that %s.Events does not list: the log could not read it back", folder, fact, path.Base(folder))
			}
		}
		if !catalogue[folder] {
			t.Errorf("%s.Events is not in domain/catalog: the log could not read its facts back", folder)
		}
	}
}

// referred returns what the sources in a folder and below, without their
// tests, refer to of other packages of ours: "domain/promise.Kept".
func referred(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range sources(t) {
		if match(folder+"/...", f.folder) && !f.test && !forTests(f.folder) {
			f.eachReference(func(pkg, name string) {
				names[strings.TrimPrefix(pkg, module+"/")+"."+name] = true
			})
		}
	}
	return names
}

func TestEveryFactIsShownAndEveryCommandCanBeGiven(t *testing.T) {
	shown, given := referred(t, "projections"), referred(t, "cmd/koersvast/internal/web")
	// What opens a round is in one place for the page and for the clock, and
	// only the clock reminds.
	maps.Copy(given, referred(t, "cmd/koersvast/internal/station"))
	maps.Copy(given, referred(t, "cmd/koersvast/internal/clockwork"))
	// A picture is drawn and published from what is read, in one place for the
	// page and the example.
	maps.Copy(given, referred(t, "projections/consistency/questions"))
	for folder, facts := range concepts(t, "Evolve") {
		for _, fact := range facts {
			if !shown[folder+"."+fact] {
				t.Errorf("%s.%s happens, and no view in projections looks at it", folder, fact)
			}
		}
	}
	for folder, commands := range concepts(t, "Decide") {
		for _, command := range commands {
			if !given[folder+"."+command] {
				t.Errorf("%s.%s can be decided, and neither a page in cmd/koersvast/internal/web nor the clock gives it", folder, command)
			}
		}
	}
}

// TestEveryRuleIsTested wants every command and every refusal of a concept in
// the tables of its rules.
func TestEveryRuleIsTested(t *testing.T) {
	asked, refused := map[string]bool{}, map[string]bool{}
	for _, f := range sources(t) {
		if !match("domain/...", f.folder) || !f.test {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			switch key, _ := kv.Key.(*ast.Ident); {
			case key == nil:
			case key.Name == "When":
				if c, ok := kv.Value.(*ast.CompositeLit); ok {
					asked[f.reference(c.Type)] = true
				}
			case key.Name == "Err":
				refused[f.reference(kv.Value)] = true
			}
			return true
		})
	}
	for folder, commands := range concepts(t, "Decide") {
		for _, command := range commands {
			if !asked[module+"/"+folder+"."+command] {
				t.Errorf("%s.%s is asked in no rule; add a line to the table of %s", folder, command, folder)
			}
		}
	}
	elsewhere := map[string]bool{}
	for _, folder := range []string{"eventstore", "projections", "cmd"} {
		for name := range referred(t, folder) {
			elsewhere[name] = true
		}
	}
	for _, r := range refusals(t) {
		name := r.folder + "." + r.variable
		inRule := refused[module+"/"+name]
		if match("domain/...", r.folder) && !inRule && !(r.folder == "domain" && elsewhere[name]) {
			t.Errorf("%s is provoked by no rule; a refusal that cannot happen is none", name)
		}
	}
}

// A refusal is one call of domain.Refuse.
type refusal struct {
	folder, variable, code string
}

func refusals(t *testing.T) (all []refusal) {
	t.Helper()
	for _, f := range sources(t) {
		if f.test || forTests(f.folder) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, value := range n.Values {
					if call, ok := value.(*ast.CallExpr); ok && f.reference(call.Fun) == module+"/domain.Refuse" {
						all = append(all, refusal{f.folder, n.Names[i].Name, text(call.Args[1])})
					}
				}
			case *ast.CompositeLit:
				if f.reference(n.Type) == module+"/domain.Error" && f.folder != "domain" {
					t.Errorf("%s makes a domain.Error by hand; declare it with domain.Refuse, so that it can be listed", f.name)
				}
			}
			return true
		})
	}
	if len(all) == 0 {
		t.Fatal("nothing is ever refused; this check has lost its subject")
	}
	return all
}

func TestEveryRefusalIsSaidInBothLanguages(t *testing.T) {
	shape := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	owner := map[string]string{}
	for _, r := range refusals(t) {
		name := r.folder + "." + r.variable
		if was, taken := owner[r.code]; taken {
			t.Errorf("%s and %s are both refused as %q; programs tell them apart by that", was, name, r.code)
		}
		owner[r.code] = name
		if !shape.MatchString(r.code) {
			t.Errorf("%s has the code %q; a code is lower-case words with underscores", name, r.code)
		}
	}
	for _, language := range []string{"nl", "en"} {
		file := "cmd/koersvast/internal/web/i18n/locales/" + language + ".json"
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]any
		if err := json.Unmarshal(b, &sentences); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for code, name := range owner {
			if said, _ := sentences["refusal."+code].(string); said == "" {
				t.Errorf("%s has no sentence refusal.%s; %s cannot be told to people", file, code, name)
			}
		}
		for key := range sentences {
			if code, ok := strings.CutPrefix(key, "refusal."); ok && owner[code] == "" {
				t.Errorf("%s says %s, which nothing refuses", file, key)
			}
		}
	}
}

func TestTheTopIsWhatTheArchitectureSays(t *testing.T) {
	folders := []string{"cmd", "domain", "eventstore", "ops", "projections"}
	files := []string{
		"ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
		"go.mod", "go.sum", "layout_test.go", "tools.mod", "tools.sum",
	}
	ignore, err := os.ReadFile(".gitignore")
	if err != nil {
		t.Fatal(err)
	}
	ignored := func(name string) bool {
		return slices.ContainsFunc(strings.Fields(string(ignore)), func(pattern string) bool {
			ok, err := path.Match(strings.Trim(pattern, "/"), name)
			return ok && err == nil
		})
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || ignored(name) {
			continue
		}
		found[name] = true
		switch {
		case e.IsDir() && !slices.Contains(folders, name):
			t.Errorf("%s/ stands at the top; the five folders are %q, and each answers one question", name, folders)
		case !e.IsDir() && !slices.Contains(files, name):
			t.Errorf("%s stands at the top; only %q do", name, files)
		}
	}
	architecture, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range folders {
		if !strings.Contains(string(architecture), "\n| `"+name+"` |") {
			t.Errorf("ARCHITECTURE.md does not say which question %s answers", name)
		}
	}
	for _, name := range slices.Concat(folders, files) {
		if !found[name] {
			t.Errorf("%s is missing at the top", name)
		}
	}
}

// stated are methods whose promise an interface states, so that they need not
// repeat it.
var stated = []string{
	"EventName", "Evolve", "Stream", "Decide", "Holds", "Private", // domain
	"Error", "String", "GoString", "Format", "LogValue",
}

func TestEverythingExportedIsExplained(t *testing.T) {
	explained := map[string]bool{}
	for _, f := range sources(t) {
		if f.test && f.folder != "." {
			continue
		}
		explained[f.folder] = explained[f.folder] || f.ast.Doc != nil && !f.generated
		if f.generated || f.test {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				on := receiver(d)
				if d.Doc == nil && d.Name.IsExported() && (d.Recv == nil || ast.IsExported(on) && !slices.Contains(stated, d.Name.Name)) {
					t.Errorf("%s: %s has no comment; say what it promises", f.at(d), strings.TrimPrefix(on+"."+d.Name.Name, "."))
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					for _, name := range unexplained(d, spec) {
						t.Errorf("%s: %s has no comment; say what it is", f.at(spec), name)
					}
				}
			}
		}
	}
	for folder, ok := range explained {
		if !ok {
			t.Errorf("%s: the package has no comment; say what it is for and how its pieces fit", folder)
		}
	}
}

// unexplained returns the exported names of a declaration without a comment.
// One comment can be about a group; the values of a type of ours are explained
// by their type.
func unexplained(d *ast.GenDecl, spec ast.Spec) (names []string) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if d.Doc == nil && spec.Doc == nil && spec.Comment == nil && spec.Name.IsExported() {
			names = append(names, spec.Name.Name)
		}
	case *ast.ValueSpec:
		if d.Doc != nil || spec.Doc != nil || spec.Comment != nil {
			return nil
		}
		if _, typed := spec.Type.(*ast.Ident); typed || d.Tok == token.CONST && d.Lparen.IsValid() && spec.Values == nil {
			return nil
		}
		for _, name := range spec.Names {
			if name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

func TestNothingSleeps(t *testing.T) {
	for _, f := range sources(t) {
		// In a bubble of synctest, sleeping takes no time.
		if !f.test || slices.Contains(f.imports, "testing/synctest") {
			continue
		}
		f.eachReference(func(pkg, name string) {
			if pkg == "time" && name == "Sleep" {
				t.Errorf("%s sleeps; wait for a position, a channel or, in synctest, for nothing", f.name)
			}
		})
	}
}

// A source is one Go file of the module.
type source struct {
	name, folder string
	test         bool // it is compiled for tests only
	generated    bool
	imports      []string
	ast          *ast.File

	files *token.FileSet
	named map[string]string // an import's name in the file, and its path
}

// sources returns every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var parsed = sync.OnceValues(func() (all []source, err error) {
	files := token.NewFileSet()
	err = filepath.WalkDir(".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata"):
			return fs.SkipDir
		case e.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		f, err := parser.ParseFile(files, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := source{
			name:      filepath.ToSlash(name),
			folder:    filepath.ToSlash(filepath.Dir(name)),
			test:      strings.HasSuffix(name, "_test.go"),
			generated: ast.IsGenerated(f),
			ast:       f,
			files:     files,
			named:     map[string]string{},
		}
		for _, i := range f.Imports {
			imported := text(i.Path)
			s.imports = append(s.imports, imported)
			name := path.Base(imported)
			if i.Name != nil {
				name = i.Name.Name
			}
			s.named[name] = imported
		}
		all = append(all, s)
		return nil
	})
	return all, err
})

// at says where in a file something stands.
func (s source) at(n ast.Node) string { return s.files.Position(n.Pos()).String() }

// reference returns what an expression names of a package: "time.Now". It is
// empty when the expression is more than a name.
func (s source) reference(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.UnaryExpr:
		return s.reference(e.X)
	case *ast.Ident:
		return module + "/" + s.folder + "." + e.Name
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok && s.named[pkg.Name] != "" {
			return s.named[pkg.Name] + "." + e.Sel.Name
		}
	}
	return ""
}

// eachReference calls do for everything in the file that is named after its
// package.
func (s source) eachReference(do func(pkg, name string)) {
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && s.named[pkg.Name] != "" {
				do(s.named[pkg.Name], sel.Sel.Name)
			}
		}
		return true
	})
}

// receiver returns the type of which a function is a method.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// text returns what a string literal says.
func text(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(lit.Value); err == nil {
			return s
		}
	}
	return ""
}

// A pkg is a package as the go command sees it.
type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string

	folder string
}

func packages(t *testing.T) (all []pkg) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatal(err)
		}
		p.folder = "."
		if folder, ok := strings.CutPrefix(p.ImportPath, module+"/"); ok {
			p.folder = folder
		}
		all = append(all, p)
	}
}
