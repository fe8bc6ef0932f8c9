package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/domain/round"
)

// votingKills is how often the program is killed while people vote, before
// their rounds are closed.
const votingKills = 15

// TestNoAnswerIsLostAndNoneCountsTwice kills the program at random moments,
// also while it starts, while people answer and change their answers, and then
// while the coach closes their rounds. Who hears nothing sends the same again,
// or gives up. Afterwards every round was released once, and of everybody who
// had an answer acknowledged it counts that one, or a later one of theirs.
func TestNoAnswerIsLostAndNoneCountsTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s := newSurvey(t, 5, 6, 0)
	s.run("--log-level", "warn")
	s.open()
	var (
		crowd    []*changeable
		voting   sync.WaitGroup
		answered atomic.Int64 // how many have had an answer acknowledged
		closing  = map[domain.RoundID]any{}
		kills    = 0
	)
	for _, id := range s.rounds {
		closing[id] = s.closing(id)
		for _, who := range s.everybody(id) {
			crowd = append(crowd, &changeable{survey: s, voter: s.asked(id, who), first: sync.OnceFunc(func() { answered.Add(1) })})
		}
	}
	ending, end := context.WithCancel(ctx)
	for _, v := range crowd {
		voting.Go(func() { v.votes(ending) })
	}
	_ = s.program.end(syscall.SIGKILL) // which is how it says it ended
	for ; (kills < votingKills || int(answered.Load()) < len(crowd)) && ctx.Err() == nil; kills++ {
		s.lives(ctx, longest, func(context.Context) {})
	}
	voted := kills
	for _, id := range s.rounds { // people vote meanwhile
		released := false
		for life := 20 * time.Millisecond; !released && ctx.Err() == nil; life *= 2 {
			kills++
			s.lives(ctx, life, func(ctx context.Context) { released = s.releases(ctx, id, closing[id]) })
		}
	}
	end()
	s.where.at("") // nobody waits for another one
	voting.Wait()
	if ctx.Err() != nil {
		t.Fatal("this took too long")
	}
	t.Logf("it was killed %d times while people voted, and %d times while %d rounds were closed", voted, kills-voted, len(s.rounds))

	s.run("--log-level", "warn")
	(&witness{survey: s}).sweeps()
	for _, v := range crowd {
		if v.acked > 0 && !s.counted(v.Nullifier().String()) {
			t.Errorf("what %s answered in %s was not counted", v.person, v.round)
		}
	}
	for _, id := range s.rounds {
		if _, err := s.ask(ctx, surveyCoach, "POST", "/api/v1/rounds/"+string(id)+"/close", closing[id]); !refusedWith(err, http.StatusConflict) {
			t.Errorf("closing %s again: %v", id, err)
		}
	}
	if err := s.program.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.inspect(crowd)
}

// lives starts the program, and something that is done with it, and kills it
// after a random while; sometimes before it can be asked.
func (s *survey) lives(ctx context.Context, longest time.Duration, do func(context.Context)) {
	s.t.Helper()
	p, ready, err := launchProgram(s.storage.Data, "serve", "--log-level", "warn")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = p.end(syscall.SIGKILL) }()
	life := time.After(rand.N(longest))
	if rand.IntN(5) > 0 {
		if !<-ready {
			s.t.Fatalf("it did not start:\n%s%s", p.output, p.notes)
		}
		s.where.at(p.url)
		life = time.After(rand.N(longest))
	}
	ctx, cancel := context.WithCancel(ctx)
	var doing sync.WaitGroup
	doing.Go(func() { do(ctx) })
	<-life
	_ = p.process.Kill()
	cancel()
	doing.Wait()
}

// releases closes a round, and reports whether it is known to be released.
func (s *survey) releases(ctx context.Context, id domain.RoundID, closing any) bool {
	_, err := s.ask(ctx, surveyCoach, "POST", "/api/v1/rounds/"+string(id)+"/close", closing)
	var r refused
	if errors.As(err, &r) && r.status == http.StatusConflict {
		return true // an earlier one was, and nobody heard of it
	}
	if errors.As(err, &r) && r.status != http.StatusServiceUnavailable {
		s.t.Errorf("closing %s: %v", id, err)
	}
	return err == nil
}

func refusedWith(err error, status int) bool {
	var r refused
	return errors.As(err, &r) && r.status == status
}

// A changeable voter answers, and changes the answer for as long as they may.
type changeable struct {
	*survey
	*voter
	tried int    // the last answer that was sent
	acked int    // the last that was acknowledged
	first func() // called when one is
}

func (v *changeable) votes(ctx context.Context) {
	for v.Signature == nil {
		if ctx.Err() != nil {
			return
		}
		v.insists(ctx, func() error { return v.registers(ctx, v.voter) })
	}
	for ctx.Err() == nil {
		v.tried++
		b := v.ballot(v.t, v.answer(v.tried), v.tried > 1)
		done, over := v.insists(ctx, func() error { return v.cast(ctx, b) })
		if over {
			return
		}
		if done {
			v.acked = v.tried
			v.first()
		}
	}
}

// insists does something until it is acknowledged or gives up now and then. It
// is over when the box is closed.
func (v *changeable) insists(ctx context.Context, do func() error) (done, over bool) {
	for ctx.Err() == nil {
		_, news := v.where.look()
		err := do()
		var r refused
		switch {
		case err == nil:
			return true, false
		case errors.As(err, &r) && r.status == http.StatusConflict:
			return false, true
		case errors.As(err, &r) && r.status == http.StatusServiceUnavailable:
			continue
		case errors.As(err, &r):
			v.t.Errorf("%s in %s: %v", v.person, v.round, err)
			return false, true
		case rand.IntN(4) == 0:
			return false, false
		}
		select {
		case <-ctx.Done():
		case <-news:
		}
	}
	return false, true
}

// answer is the n-th answer of somebody, which says so.
func (v *changeable) answer(n int) string {
	b, err := json.Marshal(round.Answer{
		Sees:  map[domain.QuestionID]int{"shares": 1 + n%5},
		Words: map[domain.QuestionID]round.Written{"line": {Text: v.words(n), Use: round.Literally}},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (v *changeable) words(n int) string { return fmt.Sprintf("%s zegt %d", v.person, n) }

// inspect looks at what was released.
func (s *survey) inspect(crowd []*changeable) {
	t := s.t
	t.Helper()
	a, err := openApp(t.Context(), s.storage, logging{}.logger(t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // of a test
	released, said := map[domain.RoundID]round.Released{}, map[domain.RoundID]map[string]int{}
	for rec, err := range a.log.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range rec.Events {
			r, ok := e.(round.Released)
			if !ok {
				continue
			}
			if _, twice := released[r.ID]; twice {
				t.Errorf("%s was released twice", r.ID)
			}
			released[r.ID], said[r.ID] = r, map[string]int{}
			literally, _ := r.ReadComments()
			coached, _ := r.ReadForCoach()
			for _, c := range slices.Concat(literally, coached) {
				said[r.ID][c.Text]++
			}
		}
	}
	if got := slices.Sorted(maps.Keys(released)); !slices.Equal(got, s.rounds) {
		t.Fatalf("released are %v, want %v", got, s.rounds)
	}
	acked, tried := 0, 0
	for _, v := range crowd {
		acked, tried = acked+v.acked, tried+v.tried
		times := 0
		for n := v.acked; n <= v.tried; n++ {
			times += said[v.round][v.words(n)]
			delete(said[v.round], v.words(n))
		}
		if v.acked > 0 && times != 1 || times > 1 {
			t.Errorf("%s sent %d answers in %s, of which the %dth was acknowledged last; from there %d count", v.person, v.tried, v.round, v.acked, times)
		}
	}
	for id, rest := range said {
		if len(rest) > 0 {
			t.Errorf("in %s counts what should not: %v", id, rest)
		}
	}
	t.Logf("%d answers were sent, and acknowledged up to the %dth", tried, acked)
}
