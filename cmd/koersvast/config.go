package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"koersvast/cmd/koersvast/internal/paper"
	"koersvast/cmd/koersvast/internal/post"
	"koersvast/cmd/koersvast/internal/web"
)

// Every option can be given in three ways: on the command line (--log-level),
// in the environment (KOERSVAST_LOG_LEVEL), and in the file that --config
// names ("log-level"). The first of these that gives it counts.

// storage says where the programme is kept.
type storage struct {
	Data    string `default:"${data}" placeholder:"FOLDER" help:"Folder with everything that the program keeps (${default})."`
	KeyFile string `placeholder:"FILE" help:"File with the key that opens personal texts and the log. It is made at the first start. It stands outside the data folder, so that a copy of the log and its keys cannot be read by itself (default: the data folder's name with .key)."`

	Published string `placeholder:"FOLDER" help:"Folder for what dashboards may read: a file of SQLite for each programme, with released numbers only. Any account that can reach the folder can read them (default: published, in the data folder)."`

	NATS            string `name:"nats" placeholder:"URL" help:"Keep the log in this NATS JetStream cluster instead of in the data folder. Its servers must run with \"sync_interval: always\"."`
	NATSCredentials string `name:"nats-credentials" placeholder:"FILE" help:"Credentials for the cluster."`
	NATSReplicas    int    `name:"nats-replicas" default:"3" help:"How many servers of the cluster keep the log (${default})."`
}

func (s storage) keyFile() string {
	if s.KeyFile != "" {
		return s.KeyFile
	}
	return filepath.Clean(s.Data) + ".key"
}

// exists refuses a data folder that is not there yet, for verbs that have no
// use for a new one.
func (s storage) exists() error {
	if _, err := os.Stat(s.path(fileKeys)); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s holds no data of koersvast; say where they are with --data", s.Data)
	} else if err != nil {
		return err
	}
	return nil
}

// published is the folder with what dashboards may read.
func (s storage) published() string {
	if s.Published != "" {
		return s.Published
	}
	return s.path(dirPublished)
}

func (s storage) path(name string) string { return filepath.Join(s.Data, name) }

// listening says where the program can be reached.
type listening struct {
	Listen      string   `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address for browsers and programs (${default})."`
	OpsListen   string   `default:"127.0.0.1:9090" placeholder:"ADDRESS" help:"Address for operators: /health, /ready and /metrics. Nobody signs in there, so keep it inside (${default})."`
	PublicURL   *url.URL `name:"public-url" placeholder:"URL" help:"Address at which people find the program, if that is another one, as behind a proxy."`
	BehindProxy bool     `help:"The program is reached only through a proxy of yours, which says in X-Forwarded-For who asks."`
	TLSCert     string   `name:"tls-cert" placeholder:"FILE" help:"Certificate, to serve https."`
	TLSKey      string   `name:"tls-key" placeholder:"FILE" help:"Key of the certificate."`
}

// Validate refuses options that do not go together.
func (l listening) Validate() error {
	switch {
	case (l.TLSCert == "") != (l.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key come together")
	case l.PublicURL != nil && (l.PublicURL.Host == "" || l.PublicURL.Scheme != "http" && l.PublicURL.Scheme != "https"):
		return fmt.Errorf("--public-url: %q is no address such as https://koers.example.org", l.PublicURL)
	}
	return nil
}

// public is the address at which people find a program that listens at addr.
func (l listening) public(addr string) *url.URL {
	switch {
	case l.PublicURL != nil:
		return l.PublicURL
	case l.TLSCert != "":
		return &url.URL{Scheme: "https", Host: addr}
	}
	return &url.URL{Scheme: "http", Host: addr}
}

// mailing says how people are told that they are asked something.
type mailing struct {
	SMTPHost         string `name:"smtp-host" placeholder:"HOST" help:"Mail server for invitations and reminders. Without one they stand on the page Outbox, to be sent by hand."`
	SMTPPort         int    `name:"smtp-port" default:"587" placeholder:"PORT" help:"Its port (${default})."`
	SMTPUser         string `name:"smtp-user" placeholder:"NAME" help:"Name to sign in with there, if it asks."`
	SMTPPasswordFile string `name:"smtp-password-file" placeholder:"FILE" help:"File with the password that goes with it."`
	SMTPFrom         string `name:"smtp-from" placeholder:"EMAIL" help:"Address that mail comes from. The name before it is that of who asks."`
	SMTPTLS          string `name:"smtp-tls" enum:"starttls,tls,none" default:"starttls" help:"How the connection is protected: starttls, tls or none (${default})."`
}

// Validate refuses options that do not go together.
func (m mailing) Validate() error {
	if m.SMTPHost == "" {
		return nil
	}
	if _, err := mail.ParseAddress(m.SMTPFrom); err != nil {
		return fmt.Errorf("--smtp-from: %q is no address such as koers@example.org", m.SMTPFrom)
	}
	if (m.SMTPUser == "") != (m.SMTPPasswordFile == "") {
		return errors.New("--smtp-user and --smtp-password-file come together")
	}
	return nil
}

// server is the mail server, or nil when there is none.
func (m mailing) server() (*post.Server, error) {
	if m.SMTPHost == "" {
		return nil, nil
	}
	s := &post.Server{Host: m.SMTPHost, Port: m.SMTPPort, User: m.SMTPUser, From: m.SMTPFrom, TLS: m.SMTPTLS}
	if m.SMTPPasswordFile == "" {
		return s, nil
	}
	b, err := os.ReadFile(m.SMTPPasswordFile)
	if err != nil {
		return nil, fmt.Errorf("--smtp-password-file: %w", err)
	}
	s.Password = strings.TrimRight(string(b), "\r\n")
	return s, nil
}

// printing says how people save a report as a PDF.
type printing struct {
	Chromium string `placeholder:"PATH" help:"Chromium or Chrome, with which people can save a report as PDF. Without it they print it from their browser. It is started for one page at a time, without network, and locks itself up in its sandbox; as root it cannot, so run koersvast as another user."`
}

// Validate refuses a program that is not there.
func (p printing) Validate() error {
	if p.Chromium == "" {
		return nil
	}
	if _, err := exec.LookPath(p.Chromium); err != nil {
		return fmt.Errorf("--chromium: %w", err)
	}
	return nil
}

// printer is the printer that works in a folder, or nil when there is none.
func (p printing) printer(dir string, logger *slog.Logger) (web.Printer, error) {
	if p.Chromium == "" {
		return nil, nil
	}
	printer, err := paper.Open(p.Chromium, dir)
	if err != nil {
		return nil, fmt.Errorf("--chromium: %w", err)
	}
	if !paper.Sandboxed() {
		logger.Warn("chromium runs without its sandbox, because koersvast runs as root")
	}
	return printer, nil
}

// logging says what the program notes about itself. It never notes what
// people wrote, or their codes.
type logging struct {
	LogLevel slog.Level `default:"${level}" placeholder:"LEVEL" help:"What to note: debug, info, warn or error (${default})."`
	LogJSON  bool       `name:"log-json" help:"Note it as JSON, a line each."`
}

func (l logging) logger(to io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.LogLevel}
	if l.LogJSON {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}

// A configFile is the name of a JSON file with options.
type configFile string

// BeforeResolve is called by kong, once the name of the file is known.
func (configFile) BeforeResolve(ctx *kong.Context, trace *kong.Path) error {
	name := string(ctx.FlagValue(trace.Flag).(configFile))
	if name == "" {
		return nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	var given options
	if err := json.Unmarshal(b, &given); err != nil {
		return fmt.Errorf("--config: %s: %w", name, err)
	}
	if err := given.Validate(ctx.Model); err != nil {
		return fmt.Errorf("--config: %s: %w", name, err)
	}
	ctx.AddResolver(given)
	return nil
}

// options are the options in a file, by the name of their flag.
type options map[string]any

// Validate implements [kong.Resolver]: it refuses names that are no option.
func (o options) Validate(app *kong.Application) error {
	var known []string
	for _, verb := range app.Leaves(true) {
		for _, group := range verb.AllFlags(true) {
			for _, f := range group {
				known = append(known, f.Name)
			}
		}
	}
	for name := range o {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%q is no option", name)
		}
	}
	return nil
}

// Resolve implements [kong.Resolver]. What stands in the environment counts
// before the file, and kong has taken it by now.
func (o options) Resolve(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	if slices.ContainsFunc(f.Envs, func(name string) bool { _, ok := os.LookupEnv(name); return ok }) {
		return nil, nil
	}
	v, ok := o[f.Name]
	if !ok {
		return nil, nil
	}
	// Text reads the same everywhere; numbers of JSON would be 3e+00.
	switch v := v.(type) {
	case string, bool:
		return v, nil
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%f", v), ".000000"), nil
	}
	return nil, fmt.Errorf("%q is text, a number, or true or false", f.Name)
}
