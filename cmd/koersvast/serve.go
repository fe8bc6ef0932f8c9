package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/oklog/ulid/v2"

	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/cmd/koersvast/internal/web"
	"koersvast/domain"
	"koersvast/ops"
)

// server runs the programme in one process until it is told to stop.
type server struct {
	storage   `group:"Where it is kept"`
	listening `group:"Where it can be reached"`
	mailing   `group:"How it sends mail"`
	printing  `group:"How reports are saved"`
	logging   `group:"What it notes"`
}

// Validate is called by kong.
func (v server) Validate() error {
	if err := v.listening.Validate(); err != nil {
		return err
	}
	if err := v.mailing.Validate(); err != nil {
		return err
	}
	return v.printing.Validate()
}

// serve is the server of people's own programmes.
type serve struct {
	server `embed:""`

	NewProgramme bool `help:"Print a link with which a programme can be begun beside those that are there, such as for another client."`
}

func (serve) Help() string {
	return `The first start makes the data folder and the key, and prints a one-time link
with which the first programme and its lead are entered in the browser. No
account exists before that. Later starts find everything again. One
installation can hold several programmes, which see nothing of each other:
--new-programme prints the link for another one.

Keep a copy of the key file, apart from copies of the data folder: without it
nobody can read the log, and with both anybody can. Leave the folder views out
of those copies: it comes back from the log, and holds texts in the clear. Keep
no dated copies of the folder boxes: it holds what people answer until their
round is released, and two copies would tell who answered in between.

The program stops on SIGINT and SIGTERM: open pages are told, what is being
answered is finished, and nothing that was acknowledged is lost.

  koersvast serve --data /var/lib/koersvast --listen :8080 --public-url https://koers.example.org
  koersvast serve --listen :443 --tls-cert cert.pem --tls-key key.pem
  koersvast serve --smtp-host mail.example.org --smtp-from koers@example.org
  koersvast serve --chromium /usr/bin/chromium
  KOERSVAST_LISTEN=:8080 koersvast serve --config /etc/koersvast.json`
}

func (v serve) Run(ctx context.Context, con console) error {
	return v.run(ctx, con, v.welcome)
}

// startLife is how long the link to a new programme is good.
const startLife = 24 * time.Hour

// welcome prints the link to the first programme when there is none yet, or
// to another one when that is asked for.
func (v serve) welcome(ctx context.Context, a *app, home *url.URL, con console) error {
	last, err := a.log.Last(ctx)
	if err != nil || last > 0 && !v.NewProgramme {
		return err
	}
	who := signin.Who{Programme: domain.ProgrammeID(newID()), Person: domain.PersonID(newID())}
	token, err := a.signin.Link(ctx, signin.Start, who, startLife)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "Begin a programme with this link, which works once, until tomorrow:\n\n  %s\n\n", home.JoinPath("start", token))
	return err
}

// run serves until ctx ends. Before that is announced, greet can use the
// programme and print what its people need to begin.
func (v server) run(ctx context.Context, con console, greet func(context.Context, *app, *url.URL, console) error) (err error) {
	logger := v.logger(con.err)
	a, err := openApp(ctx, v.storage, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.newKey {
		fmt.Fprintf(con.out, "A new key stands in %s. Keep a copy of it, apart from copies of %s:\nwithout it nobody can read the log, and with both anybody can.\n\n",
			v.keyFile(), v.Data)
	}

	people, err := net.Listen("tcp", v.Listen)
	if err != nil {
		return err
	}
	defer people.Close() //nolint:errcheck // closed by its server
	operators, err := net.Listen("tcp", v.OpsListen)
	if err != nil {
		return err
	}
	defer operators.Close() //nolint:errcheck // closed by its server

	home := v.public(people.Addr().String())
	mail, err := v.mailing.server()
	if err != nil {
		return err
	}
	printer, err := v.printer(v.path(dirPrinting), logger)
	if err != nil {
		return err
	}
	a.wind(home, mail)
	if err := greet(ctx, a, home, con); err != nil {
		return err
	}
	a.nearlyThere(ctx)
	// Told to stop, it still answers what it was asked.
	if err := a.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	pages := a.web(home, v.BehindProxy, mail != nil, printer)
	return v.listen(ctx, con, a, pages, people, operators)
}

// web is the app as browsers and programs see it.
func (a *app) web(home *url.URL, proxied, mails bool, printer web.Printer) *web.Server {
	return web.New(web.Config{
		Store:   a.store,
		Views:   a.views,
		Past:    a.past,
		Signin:  a.signin,
		Station: a.station,
		Outbox:  a.outbox,
		Mails:   mails,
		Printer: printer,
		Public:  home,
		Proxied: proxied,
		Now:     time.Now,
		NewID:   newID,
		Logger:  a.logger,
		Observe: a.metrics.Request,
	})
}

// newID makes an identifier that nothing else has.
func newID() string { return ulid.Make().String() }

// How long the server waits for others.
const (
	headersWithin = 10 * time.Second
	requestWithin = time.Minute // a list of people over a slow line
	idleFor       = 2 * time.Minute
	stopWithin    = 15 * time.Second
)

func (v server) listen(ctx context.Context, con console, a *app, pages *web.Server, people, operators net.Listener) error {
	errorLog := slog.NewLogLogger(a.logger.Handler(), slog.LevelDebug) // of what browsers do wrong
	forPeople := &http.Server{
		Handler: pages, ErrorLog: errorLog,
		ReadHeaderTimeout: headersWithin, ReadTimeout: requestWithin, IdleTimeout: idleFor,
	}
	stopping := ops.Part{Name: "server", Check: func(context.Context) error {
		if ctx.Err() != nil {
			return errors.New("stopping")
		}
		return nil
	}}
	forOperators := &http.Server{
		Handler: ops.Handler(a.metrics, append(a.Parts(), stopping)...), ErrorLog: errorLog,
		ReadHeaderTimeout: headersWithin, ReadTimeout: headersWithin, IdleTimeout: idleFor,
	}
	failed := make(chan error, 2)
	go func() {
		if v.TLSCert != "" {
			failed <- forPeople.ServeTLS(people, v.TLSCert, v.TLSKey)
			return
		}
		failed <- forPeople.Serve(people)
	}()
	go func() { failed <- forOperators.Serve(operators) }()

	fmt.Fprintf(con.out, "Koersvast is at %s\nOperators find /health, /ready and /metrics at http://%s\n", v.public(people.Addr().String()), operators.Addr())
	var err error
	select {
	case <-ctx.Done():
		a.logger.Info("stopping")
	case err = <-failed:
	}

	// Pages that stay open would keep the server from stopping.
	pages.Close()
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if errors.Is(forPeople.Shutdown(ending), context.DeadlineExceeded) {
		a.logger.Warn("not everybody was answered before stopping")
		err = errors.Join(err, forPeople.Close())
	}
	return errors.Join(err, forOperators.Close())
}
