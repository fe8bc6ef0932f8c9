package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"koersvast/cmd/koersvast/internal/browser"
	"koersvast/cmd/koersvast/internal/demo"
)

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"koersvast": main})
}

// tidy tests close the browser after them, and leave no example behind.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() { _ = os.RemoveAll(examples) }()
	return browser.Main(m.M)
}

// TestScripts runs the scripts in testdata/script. Each has a folder of its
// own, and tells its story with these commands:
//
//	serve [flag...]             start koersvast serve; its data are in the folder data
//	demo [flag...]              start koersvast demo there
//	example [flag...]           the same, after the example has been told
//	end [INT|TERM|KILL]         end it, by SIGTERM if nothing is said, and
//	                            fail unless it ends as it should
//
// They set $URL and $OPS, the addresses of the program and for operators, and
// what they print is in the file output. A first serve sets $START, the path
// of the one-time link.
//
//	signin WHO [CODE]           sign in as WHO, and be WHO from now on; in the
//	                            demo, whose ids are in internal/demo/people.go,
//	                            the code is known
//	as WHO                      be WHO, who was here before, or somebody new
//
//	get STATUS PATH             ask for a page
//	post STATUS PATH k=v...     send a form; a list is its name more than once
//	api get STATUS PATH         the same for programs: PATH is below /api/v1,
//	api post STATUS PATH k=v... and a value that is no text is k:=JSON
//	ops STATUS PATH             ask what operators ask
//
// A question knows of what was done before it was asked. Pages speak Dutch,
// or the language in $LANGUAGE. An act of a program is named by $ACT, if that
// is set. A redirect is not followed, but stands in $LOCATION.
//
//	[!] body REGEXP             what came back matches; it is in the file body too
//	pick NAME REGEXP            $NAME is what the first group of REGEXP matches
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Values[stageKey{}] = &stage{browsers: map[string]*http.Client{}, codes: map[string]string{}}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":   onStage(func(s *stage, ts *testscript.TestScript, flags []string) { s.start(ts, starting("serve"), flags) }),
			"demo":    onStage(func(s *stage, ts *testscript.TestScript, flags []string) { s.start(ts, starting("demo"), flags) }),
			"example": onStage(func(s *stage, ts *testscript.TestScript, flags []string) { s.start(ts, startExample, flags) }),
			"end":     onStage((*stage).end),
			"signin":  onStage((*stage).signin),
			"as":      onStage(func(s *stage, _ *testscript.TestScript, args []string) { s.who = args[0] }),
			"get":     onStage((*stage).get),
			"post":    onStage((*stage).post),
			"api":     onStage((*stage).api),
			"ops":     onStage((*stage).askOps),
			"pick":    onStage((*stage).pick),
			"body":    body,
		},
	})
}

// A stage is what the commands of one script share.
type stage struct {
	program  *program // nil when none runs
	browsers map[string]*http.Client
	codes    map[string]string // of the demo
	who      string
	after    string // the position that the next question should know of
}

type stageKey struct{}

func onStage(do func(*stage, *testscript.TestScript, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("this does not go with !")
		}
		do(ts.Value(stageKey{}).(*stage), ts, args)
	}
}

func (s *stage) start(ts *testscript.TestScript, start launch, flags []string) {
	if s.program != nil {
		ts.Fatalf("it runs already")
	}
	p, err := start(ts.MkAbs("data"), flags...)
	ts.Check(err)
	s.program = p
	ts.Defer(func() {
		if s.program == p {
			_ = p.end(syscall.SIGKILL)
		}
	})
	ts.Check(os.WriteFile(ts.MkAbs("output"), []byte(p.output), 0o666))
	ts.Setenv("URL", p.url)
	ts.Setenv("OPS", p.ops)
	if link := regexp.MustCompile(`http\S+(/start/\S+)`).FindStringSubmatch(p.output); link != nil {
		ts.Setenv("START", link[1])
	}
	for _, g := range demo.Guests() {
		if code := regexp.MustCompile(`(\S+) +` + g.Name).FindStringSubmatch(p.output); code != nil {
			s.codes[string(g.Person)] = code[1]
		}
	}
}

func (s *stage) end(ts *testscript.TestScript, args []string) {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "KILL": syscall.SIGKILL}
	signal := append(args, "TERM")[0]
	if s.program == nil {
		ts.Fatalf("it does not run")
	}
	p := s.program
	s.program = nil
	if err := p.end(signals[signal]); err != nil && signal != "KILL" {
		ts.Fatalf("it ended with %v\n%s", err, p.notes)
	}
}

func (s *stage) signin(ts *testscript.TestScript, args []string) {
	s.who = args[0]
	code := s.codes[s.who]
	if len(args) > 1 {
		code = args[1]
	}
	s.post(ts, []string{"303", "/signin", "code=" + code})
}

func (s *stage) get(ts *testscript.TestScript, args []string) {
	s.ask(ts, args[0], s.request(ts, "GET", s.fresh(args[1]), nil))
}

func (s *stage) post(ts *testscript.TestScript, args []string) {
	form := url.Values{}
	for _, f := range args[2:] {
		name, value := field(ts, f)
		form.Add(name, value)
	}
	r := s.request(ts, "POST", args[1], []byte(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.ask(ts, args[0], r)
}

func (s *stage) api(ts *testscript.TestScript, args []string) {
	method, status, path := strings.ToUpper(args[0]), args[1], "/api/v1"+args[2]
	if method == "GET" {
		s.ask(ts, status, s.signed(s.request(ts, method, s.fresh(path), nil)))
		return
	}
	fields := map[string]any{}
	for _, f := range args[3:] {
		name, value := field(ts, f)
		fields[name] = value
		if bare, ok := strings.CutSuffix(name, ":"); ok {
			delete(fields, name)
			fields[bare] = json.RawMessage(value)
		}
	}
	b, err := json.Marshal(fields)
	ts.Check(err)
	r := s.signed(s.request(ts, method, path, b))
	r.Header.Set("Content-Type", "application/json")
	if act := ts.Getenv("ACT"); act != "" {
		r.Header.Set("Idempotency-Key", act)
	}
	s.ask(ts, status, r)
}

func (s *stage) askOps(ts *testscript.TestScript, args []string) {
	r, err := http.NewRequest("GET", s.program.ops+args[1], nil)
	ts.Check(err)
	s.ask(ts, args[0], r)
}

func field(ts *testscript.TestScript, f string) (name, value string) {
	name, value, ok := strings.Cut(f, "=")
	if !ok {
		ts.Fatalf("%q is no name=value", f)
	}
	return name, value
}

// fresh asks a question of no older a moment than that of the last command.
func (s *stage) fresh(path string) string {
	if s.after == "" || strings.Contains(path, "after=") {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&after=" + s.after
	}
	return path + "?after=" + s.after
}

func (s *stage) request(ts *testscript.TestScript, method, path string, body []byte) *http.Request {
	if s.program == nil {
		ts.Fatalf("it does not run")
	}
	r, err := http.NewRequest(method, s.program.url+path, bytes.NewReader(body))
	ts.Check(err)
	r.Header.Set("Accept-Language", ts.Getenv("LANGUAGE"))
	if ts.Getenv("LANGUAGE") == "" {
		r.Header.Set("Accept-Language", "nl")
	}
	return r
}

// signed is a request as programs send it, without a cookie.
func (s *stage) signed(r *http.Request) *http.Request {
	for _, c := range s.browser().Jar.Cookies(r.URL) {
		if c.Name == "koersvast" {
			r.Header.Set("Authorization", "Bearer "+c.Value)
		}
	}
	return r
}

func (s *stage) browser() *http.Client {
	b, ok := s.browsers[s.who]
	if !ok {
		jar, _ := cookiejar.New(nil) // never fails
		b = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		s.browsers[s.who] = b
	}
	return b
}

// ask sends a request as who we are now, and keeps what comes back.
func (s *stage) ask(ts *testscript.TestScript, status string, r *http.Request) {
	c := s.browser()
	if r.Header.Get("Authorization") != "" {
		c = http.DefaultClient
	}
	res, err := c.Do(r)
	ts.Check(err)
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("body"), b, 0o666))
	if got := fmt.Sprint(res.StatusCode); got != status {
		ts.Fatalf("%s %s: status %s, want %s\n%s\n%s", r.Method, r.URL.Path, got, status, b, s.program.notes)
	}
	ts.Setenv("LOCATION", res.Header.Get("Location"))
	if to, err := url.Parse(res.Header.Get("Location")); err == nil && to.Query().Has("after") {
		s.after = to.Query().Get("after")
	}
}

func (s *stage) pick(ts *testscript.TestScript, args []string) {
	m := regexp.MustCompile(`(?s)` + args[1]).FindStringSubmatch(ts.ReadFile("body"))
	if m == nil {
		ts.Fatalf("nothing matches %s in\n%s", args[1], ts.ReadFile("body"))
	}
	ts.Setenv(args[0], m[1])
}

func body(ts *testscript.TestScript, neg bool, args []string) {
	b := ts.ReadFile("body")
	if regexp.MustCompile(`(?s)`+args[0]).MatchString(b) == neg {
		ts.Fatalf("body:\n%s", b)
	}
}
