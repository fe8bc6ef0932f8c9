package main

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox/ballot"
)

// How many cast in how long.
const (
	rushVoters = 500
	rushTakes  = time.Minute
)

// BenchmarkBallots measures what answering costs the program, and what others
// notice when five hundred people answer within a minute. It takes two
// minutes, and runs once:
//
//	go test ./cmd/koersvast -run '^$' -bench Ballots -benchtime 1x
//
// Of a credential, and of a cast into a box that grows to five hundred: the
// time until the answer, and the processor time of the program. Of the pages:
// the median and the 95th percentile during the rush, divided by those right
// before and after it.
func BenchmarkBallots(b *testing.B) {
	for b.Loop() {
		s := newSurvey(b, 2, rushVoters, 0)
		s.run("--log-level", "warn")
		s.open()
		quiet, rush := s.crowd(s.rounds[0]), s.crowd(s.rounds[1])
		times := make([]time.Duration, rushVoters)

		cpu := s.cpu()
		for i, v := range quiet {
			times[i] = took(b, func() error { return s.registers(b.Context(), v) })
		}
		reportCost(b, "credential", times, s.cpu()-cpu)
		for _, v := range rush {
			if err := s.registers(b.Context(), v); err != nil {
				b.Fatal(err)
			}
		}
		filled := filledIn(b, quiet)
		cpu = s.cpu()
		for i, f := range filled {
			times[i] = took(b, func() error { return s.cast(b.Context(), f) })
		}
		reportCost(b, "cast", times, s.cpu()-cpu)

		filled = filledIn(b, rush)
		still := s.reads(rushTakes / 4)
		var casting sync.WaitGroup
		casting.Go(func() { times = s.rush(filled) })
		busy := s.reads(rushTakes)
		casting.Wait()
		for path, list := range s.reads(rushTakes / 4) {
			still[path] = append(still[path], list...)
		}
		for _, p := range []int{50, 95} {
			b.ReportMetric(percentile(times, p).Seconds()*1000, fmt.Sprintf("rush-cast-p%d-ms", p))
			for path, name := range s.read() {
				before := percentile(still[path], p)
				b.ReportMetric(before.Seconds()*1000, fmt.Sprintf("%s-p%d-ms", name, p))
				b.ReportMetric(percentile(busy[path], p).Seconds()/before.Seconds(), fmt.Sprintf("%s-p%d-ratio", name, p))
			}
		}
	}
	b.ReportMetric(0, "ns/op") // which says nothing
}

// crowd is all employees in a round, without credentials.
func (s *survey) crowd(id domain.RoundID) (crowd []*voter) {
	for _, who := range s.staff {
		crowd = append(crowd, s.asked(id, who))
	}
	return crowd
}

func filledIn(b *testing.B, crowd []*voter) (filled []ballot.Ballot) {
	for _, v := range crowd {
		filled = append(filled, v.ballot(b, `{"sees":{"shares":4}}`, false))
	}
	return filled
}

// rush casts ballots at even distances, whether those before have arrived or
// not, and returns how long each took.
func (s *survey) rush(filled []ballot.Ballot) []time.Duration {
	times := make([]time.Duration, len(filled))
	tick := time.NewTicker(rushTakes / time.Duration(len(filled)))
	defer tick.Stop()
	var casting sync.WaitGroup
	for i, f := range filled {
		casting.Go(func() {
			start := time.Now()
			if err := s.cast(s.t.Context(), f); err != nil {
				s.t.Error(err)
			}
			times[i] = time.Since(start)
		})
		<-tick.C
	}
	casting.Wait()
	return times
}

// read is which pages the lead reads, by their addresses.
func (s *survey) read() map[string]string {
	return map[string]string{"/today": "today", "/rounds/" + string(s.rounds[1]): "round"}
}

// reads reads pages one after the other for a while, and returns how long each
// took.
func (s *survey) reads(span time.Duration) map[string][]time.Duration {
	times := map[string][]time.Duration{}
	for end := time.Now().Add(span); time.Now().Before(end); {
		for path := range s.read() {
			start := time.Now()
			if _, err := s.ask(s.t.Context(), surveyLead, "GET", path, nil); err != nil {
				s.t.Error(err)
				return times
			}
			times[path] = append(times[path], time.Since(start))
		}
	}
	return times
}

func took(b *testing.B, do func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func reportCost(b *testing.B, what string, times []time.Duration, cpu float64) {
	b.ReportMetric(percentile(times, 50).Seconds()*1000, what+"-p50-ms")
	b.ReportMetric(percentile(times, 95).Seconds()*1000, what+"-p95-ms")
	b.ReportMetric(cpu/float64(len(times))*1000, what+"-cpu-ms")
}

func percentile(times []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// cpu returns how many seconds of processor time the program has used.
func (s *survey) cpu() float64 {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), "GET", s.program.ops+"/metrics", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	page, err := answered(r)
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range bytes.Lines(page) {
		if value, ok := bytes.CutPrefix(line, []byte("koersvast_process_cpu_seconds_total ")); ok {
			seconds, err := strconv.ParseFloat(string(bytes.TrimSpace(value)), 64)
			if err != nil {
				s.t.Fatal(err)
			}
			return seconds
		}
	}
	s.t.Fatal("the program does not tell its processor time")
	return 0
}
