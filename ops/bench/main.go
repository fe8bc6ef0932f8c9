// Bench measures the log and the read models against raw JetStream and raw
// SQLite at the same durability, on the machine where it runs:
//
//	go run ./ops/bench                    # a million acts, some minutes
//	go run ./ops/bench -acts 10000        # about a minute
//	go run ./ops/bench -only append,wall  # some of it
//
// What is compared is measured in turns, because machines are noisy: a row is
// the median of the ratios of its rounds, with the lowest and the highest. The
// raw side is the least that anybody would write who uses JetStream or SQLite
// by hand: the same stream configuration, the same sync to disk, messages of
// the same size. Nothing passes or fails by time; the goals stand beside it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"time"
)

// parts lists what can be measured, in the order in which it is.
var parts = []struct {
	name    string
	measure func(*bench, context.Context) error
}{
	{"append", (*bench).appends},
	{"warm", (*bench).warm},
	{"visible", (*bench).visible},
	{"cold", (*bench).cold},
	{"replay", (*bench).replay},
	{"private", (*bench).private},
	{"wall", (*bench).wall},
	{"start", (*bench).start},
}

// A bench is one run.
type bench struct {
	dir    string // of everything that it makes
	acts   int
	rounds int
	slice  time.Duration // how long writers write in a round
	rows   []row
	whole  *archive // the log of all acts, once it was needed
}

func main() {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	b := &bench{}
	only := flag.String("only", strings.Join(names, ","), "what to measure")
	markdown := flag.Bool("markdown", false, "print the table as Markdown")
	flag.IntVar(&b.acts, "acts", 1_000_000, "how many acts the log has that is replayed; at least 10,000")
	flag.IntVar(&b.rounds, "rounds", 5, "how often each comparison is made")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx, strings.Split(*only, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	fmt.Printf("%s acts, %d rounds in turns, %s, %d processors\n\n", count(float64(b.acts)), b.rounds, runtime.Version(), runtime.GOMAXPROCS(0))
	if *markdown {
		printMarkdown(os.Stdout, b.rows)
	} else {
		printText(os.Stdout, b.rows)
	}
}

func (b *bench) run(ctx context.Context, only []string) (err error) {
	if b.acts < 10_000 || b.rounds < 1 {
		return errors.New("a log has at least 10,000 acts, and a comparison at least one round")
	}
	b.slice = 250 * time.Millisecond
	if b.acts > 100_000 {
		b.slice = time.Second
	}
	if b.dir, err = os.MkdirTemp("", "koersvast-bench-"); err != nil {
		return err
	}
	defer func() {
		if b.whole != nil {
			err = errors.Join(err, b.whole.Close())
		}
		err = errors.Join(err, os.RemoveAll(b.dir))
	}()
	for _, name := range only {
		measure, err := partOf(name)
		if err != nil {
			return err
		}
		if err := measure(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func partOf(name string) (func(*bench, context.Context) error, error) {
	for _, p := range parts {
		if p.name == name {
			return p.measure, nil
		}
	}
	return nil, fmt.Errorf("%q is nothing that can be measured", name)
}
