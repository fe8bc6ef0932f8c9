package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"text/tabwriter"
	"time"

	"koersvast/cmd/koersvast/internal/demo"
	"koersvast/cmd/koersvast/internal/signin"
	"koersvast/domain"
)

// demoVerb is the server with an example programme.
type demoVerb struct {
	server `embed:""`
}

func (demoVerb) Help() string {
	return `The example is a foundation that supports people with a disability. It has a
new strategy with three pillars, and fifteen months of history up to today:
promises that were made, reworded, moved, kept, broken and repaired. A second,
small programme of another client shows that neither sees the other.

The first start plays those months through the same commands that people use;
this takes some seconds. A later start finds the data, with what you did
yourself, and goes on. Delete the data folder and the key to begin again.

Every start prints new personal codes to sign in with; the ones of before no
longer work. Whoever was signed in stays so.

  koersvast demo
  koersvast demo --data /tmp/koersvast-demo --listen 127.0.0.1:8888`
}

func (v demoVerb) Run(ctx context.Context, con console) error {
	return v.run(ctx, con, example)
}

// fileTold marks a data folder in which the whole example has been told.
const fileTold = "example.txt"

const toldText = "This folder holds the example programme of koersvast demo. Nobody in it exists.\n"

// example sees to it that the example is there, and prints who is in it.
func example(ctx context.Context, a *app, home *url.URL, con console) error {
	if err := tell(ctx, a, con); err != nil {
		return err
	}
	fmt.Fprintf(con.out, "Sign in at %s with one of these personal codes:\n\n", home.JoinPath("signin"))
	table := tabwriter.NewWriter(con.out, 0, 0, 2, ' ', 0)
	for _, g := range demo.Guests() {
		code, err := a.signin.Issue(ctx, signin.Who{Programme: g.Programme, Person: g.Person})
		if err != nil {
			return err
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", code, g.Name, g.Part, g.Programme)
	}
	fmt.Fprintf(table, "\nThe coach opens what people answered with the passphrase: %s\n\n", demo.Passphrase)
	return table.Flush()
}

// tell tells the example, unless it has been told.
func tell(ctx context.Context, a *app, con console) error {
	_, err := os.Stat(a.storage.path(fileTold))
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := onlyExample(ctx, a); err != nil {
		return err
	}
	fmt.Fprintln(con.out, "Playing the example programme ...")
	if err := demo.Play(ctx, a.store, a.station, domain.DayOf(time.Now())); err != nil {
		return err
	}
	return writeFile(a.storage.path(fileTold), []byte(toldText))
}

// onlyExample refuses a log that holds something else than a part of the
// example, told by a start that was cut short.
func onlyExample(ctx context.Context, a *app) error {
	for m, err := range a.log.Messages(ctx, 0) {
		if err != nil {
			return err
		}
		if p := m.Stream.Programme; p != demo.Lindeveer && p != demo.Nieuwhaven {
			return fmt.Errorf("%s holds a programme of your own; use koersvast serve, or another folder for the example", a.storage.Data)
		}
	}
	return nil
}
