// Command koersvast keeps a change programme: what a management team says it
// will do, and what comes of it.
//
//	koersvast demo       the whole product with an example programme
//	koersvast serve      the same without the example
//	koersvast events     print or follow the log
//	koersvast rebuild    fill the read models anew from the log
//	koersvast version    which version this is
//
// Every verb has a file of its own here. Config.go holds all options, and
// app.go puts the running programme together.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commandLine is all that can be asked of the program.
type commandLine struct {
	Config configFile `placeholder:"FILE" help:"Read options from a JSON file, such as {\"listen\": \":80\", \"log-json\": true}. Options on the command line come first, then the environment, then the file."`

	Serve   serve       `cmd:"" set:"level=info" help:"Serve the programme to browsers and to other programs."`
	Demo    demoVerb    `cmd:"" set:"data=./koersvast-demo" help:"Serve an example programme, with codes to sign in with."`
	Events  eventsVerb  `cmd:"" help:"Print or follow the log."`
	Rebuild rebuildVerb `cmd:"" help:"Fill the read models anew from the log."`
	Version versionVerb `cmd:"" help:"Say which version this is."`
}

const description = `Koersvast keeps what a management team promises, and what comes of it.

To look around: koersvast demo. To begin a programme of your own: koersvast serve.`

// A console is where a verb tells people what it does.
type console struct{ out, err io.Writer }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], console{os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// run does what the arguments ask and returns the exit status: 0 when it is
// done, 1 when it failed, 2 when it was not understood.
func run(ctx context.Context, args []string, con console) (status int) {
	var asked commandLine
	done := -1 // the status with which help ends the run
	parser := kong.Must(&asked,
		kong.Name("koersvast"),
		kong.Description(description),
		kong.Writers(con.out, con.err),
		kong.Exit(func(status int) { done = status }),
		kong.DefaultEnvars("KOERSVAST"),
		kong.Vars{"data": "./koersvast-data", "level": "warn"}, // unless a verb sets another
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(con),
	)
	verb, err := parser.Parse(args)
	switch {
	case done >= 0:
		return done
	case err != nil:
		fmt.Fprintf(con.err, "koersvast: %v\nTry: koersvast --help\n", err)
		return 2
	}
	if err := verb.Run(); err != nil {
		fmt.Fprintln(con.err, "koersvast:", err)
		return 1
	}
	return 0
}
