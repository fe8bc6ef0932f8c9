package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// A row is one comparison.
type row struct {
	title
	one, other []float64 // a figure a round
}

// A title says what is compared: one thing ÷ another.
type title struct {
	what string
	unit func(float64) string
	goal string // of the ratio; empty when there is none
}

// A measure takes the figures of one round.
type measure func(context.Context) ([]float64, error)

// compare measures one thing and another in turns and adds a row for each of
// their figures. Whatever comes first in a round comes second in the next.
func (b *bench) compare(ctx context.Context, titles []title, one, other measure) error {
	return b.compareIn(ctx, b.rounds, titles, one, other)
}

// compareIn is compare in so many rounds.
func (b *bench) compareIn(ctx context.Context, rounds int, titles []title, one, other measure) error {
	rows := make([]row, len(titles))
	for i, t := range titles {
		rows[i].title = t
	}
	fmt.Fprintln(os.Stderr, titles[0].what)
	for round := range rounds {
		var figures [2][]float64
		for turn := range 2 {
			which, m := 0, one
			if (round+turn)%2 == 1 {
				which, m = 1, other
			}
			var err error
			if figures[which], err = m(ctx); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for i := range rows {
			rows[i].one = append(rows[i].one, figures[0][i])
			rows[i].other = append(rows[i].other, figures[1][i])
		}
	}
	// Also said now, because a long run can be cut short.
	for _, r := range rows {
		fmt.Fprintln(os.Stderr, "  "+strings.Join(r.cells()[1:], "  "))
	}
	b.rows = append(b.rows, rows...)
	return nil
}

// ratios returns the ratio of each round, the lowest first.
func (r row) ratios() []float64 {
	all := make([]float64, len(r.one))
	for i := range all {
		all[i] = r.one[i] / r.other[i]
	}
	slices.Sort(all)
	return all
}

func (r row) cells() []string {
	all := r.ratios()
	return []string{
		r.what, r.unit(median(r.one)), r.unit(median(r.other)), ratio(median(all)),
		ratio(all[0]) + "–" + ratio(all[len(all)-1]), strconv.Itoa(len(all)), r.goal,
	}
}

var columns = []string{"this ÷ that", "this", "that", "ratio", "lowest–highest", "rounds", "goal"}

func printText(w io.Writer, rows []row) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer tw.Flush()
	fmt.Fprintln(tw, strings.Join(columns, "\t"))
	for _, r := range rows {
		fmt.Fprintln(tw, strings.Join(r.cells(), "\t"))
	}
}

func printMarkdown(w io.Writer, rows []row) {
	fmt.Fprintln(w, "| "+strings.Join(columns, " | ")+" |")
	fmt.Fprintln(w, "|"+strings.Repeat(" --- |", len(columns)))
	for _, r := range rows {
		fmt.Fprintln(w, "| "+strings.Join(r.cells(), " | ")+" |")
	}
}

// median returns the middle of some figures, and percentile(…, 95) what 95 of
// 100 of them do not exceed.
func median(figures []float64) float64 { return percentile(figures, 50) }

func percentile(figures []float64, p int) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}

// The units of figures.

func perSecond(v float64) string { return count(v) + " /s" }

func seconds(v float64) string {
	d := time.Duration(v * float64(time.Second))
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%d µs", d.Microseconds())
}

func ratio(v float64) string { return fmt.Sprintf("%.2f", v) }

// count writes a whole number with its thousands apart.
func count(v float64) string {
	s := strconv.Itoa(int(v))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A progress says now and then how far something is.
type progress struct {
	what  string
	total int
	said  time.Time
}

func newProgress(what string, total int) *progress { return &progress{what, total, time.Now()} }

func (p *progress) at(n int) {
	if now := time.Now(); now.Sub(p.said) >= 3*time.Second {
		p.said = now
		fmt.Fprintf(os.Stderr, "  %s: %s of %s\n", p.what, count(float64(n)), count(float64(p.total)))
	}
}
