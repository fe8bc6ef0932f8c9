// Bench measures the log and the read models against raw JetStream and raw
// SQLite at the same durability, on the machine where it runs:
//
//	go run ./ops/bench                    # a million acts, eight minutes
//	go run ./ops/bench -acts 10000        # two to three minutes
//	go run ./ops/bench -only append,wall  # some of it
//
// What is compared is measured in turns, because machines are noisy: a row is
// the median of the ratios of its rounds, with the lowest and the highest. What
// takes a whole log of a million acts gets fewer rounds than the rest. The
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
	"slices"
	"strings"
	"time"
)

// A part is some comparisons that belong together.
type part struct {
	name    string
	measure func(*bench, context.Context) error
}

// parts lists what can be measured, in the order in which it is.
var parts = []part{
	{"append", (*bench).appends},
	{"warm", (*bench).warm},
	{"visible", (*bench).visible},
	{"cold", (*bench).cold},
	{"replay", (*bench).replay},
	{"private", (*bench).private},
	{"wall", (*bench).wall},
	{"start", (*bench).start},
	{"ballots", (*bench).ballots},
}

// A bench is one run.
type bench struct {
	dir    string // of everything that it makes
	acts   int
	rounds int
	slow   int           // how many rounds there are of what takes the whole log
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
	flag.IntVar(&b.rounds, "rounds", 5, "how often each comparison is made; at most 3 times what replays more than 100,000 acts")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx, strings.Split(*only, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	fmt.Printf("%s acts, %s, %d processors\n\n", count(float64(b.acts)), runtime.Version(), runtime.GOMAXPROCS(0))
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
	if err := known(only); err != nil {
		return err
	}
	b.slice = 250 * time.Millisecond
	b.slow = b.rounds
	if b.acts > 100_000 {
		b.slice, b.slow = time.Second, min(3, b.rounds)
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
	began := time.Now()
	for _, p := range parts {
		if !slices.Contains(only, p.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s, after %s\n", p.name, time.Since(began).Round(time.Second))
		if err := p.measure(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// known refuses names of what cannot be measured.
func known(names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return fmt.Errorf("%q is nothing that can be measured", name)
		}
	}
	return nil
}
