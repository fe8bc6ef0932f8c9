package projections_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/projections"
	"koersvast/projections/projectionstest"
)

func TestAProjectorContinuesWhereItWasLeft(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally, doers)
	caughtUp(t, p, log)
	wantMarbles(t, p, 3)
	closed(t, p)

	log.Append(ones(2)...)
	p = opened(t, dir, tally, doers)
	wantMarbles(t, p, 3)
	caughtUp(t, p, log)
	wantMarbles(t, p, 5)
}

func TestLiveTablesEqualRebuiltOnes(t *testing.T) {
	var acts []domain.Record
	for i := range 300 {
		facts := []domain.Event{counted{string(rune('a' + i%7)), i}, said{domain.Say("k", "hello")}, erased(t), taken{}}
		acts = append(acts, projectionstest.Act(jar, "2026-03-02", "anna", facts[i%4]))
	}
	projectionstest.LiveEqualsRebuilt(t, projectionstest.Facts("tide", acts...), tally, doers)
}

func TestAnActWithoutFactsOnlyMovesThePosition(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally, doers), projectionstest.Facts("tide", ones(2)...)
	log.Append(act())
	caughtUp(t, p, log)
	if n, at := marbles(t, p); n != 2 || at != 3 {
		t.Errorf("%d marbles at %d, want 2 at 3", n, at)
	}
}

// In the child process of a test, an act of this name ends it as a power
// failure would: in the middle of a transaction.
const fatal = "fatal"

var mortal = projections.Model{Name: tally.Name, Schema: tally.Schema, Apply: func(tx *projections.Tx, rec domain.Record) error {
	if err := applyTally(tx, rec); err != nil {
		return err
	}
	if e, ok := rec.Events[0].(counted); ok && e.What == fatal {
		return syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	return nil
}}

func TestMain(m *testing.M) {
	if dir := os.Getenv("KOERSVAST_TEST_DIE_IN"); dir != "" {
		die(dir, os.Getenv("KOERSVAST_TEST_DIE_WHILE"))
	}
	os.Exit(m.Run())
}

func die(dir, while string) {
	ctx := context.Background()
	p, err := projections.Open(ctx, dir, []projections.Model{mortal}, projections.Options{})
	if err != nil {
		panic(err)
	}
	log := projectionstest.Facts("tide")
	if while == "filling" {
		log.Append(append(ones(6), act(counted{fatal, 1}))...)
		panic(p.Rebuild(ctx, log))
	}
	if err := p.CatchUp(ctx, log); err != nil {
		panic(err)
	}
	log.Append(append(ones(6), act(counted{fatal, 1}))...)
	panic(p.CatchUp(ctx, log))
}

func killed(t *testing.T, dir, while string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), "KOERSVAST_TEST_DIE_IN="+dir, "KOERSVAST_TEST_DIE_WHILE="+while)
	out, err := child.CombinedOutput()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child ended with %v, want killed:\n%s", err, out)
	}
}

func TestTablesAndPositionMoveTogetherWhenThePowerFails(t *testing.T) {
	dir := t.TempDir()
	killed(t, dir, "following")
	p := opened(t, dir, tally)
	// Batches of one, two and four: the last died with its seventh act.
	wantMarbles(t, p, 3)
	caughtUp(t, p, projectionstest.Facts("tide", ones(9)...))
	wantMarbles(t, p, 9)
}

func TestAPowerFailureWhileFillingLeavesTheOldFile(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally)
	caughtUp(t, p, log)
	closed(t, p)
	killed(t, dir, "filling")
	if got, want := files(t, dir), []string{"read.1.db", "read.2.db.new"}; !slices.Equal(without(got, "-"), want) {
		t.Fatalf("files after the failure: %q, want %q", got, want)
	}
	p = opened(t, dir, tally)
	wantMarbles(t, p, 3)
	closed(t, p)
	if got := files(t, dir); !slices.Equal(got, []string{"read.1.db"}) {
		t.Errorf("files after the next start: %q, want only read.1.db", got)
	}
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func without(names []string, part string) []string {
	return slices.DeleteFunc(names, func(s string) bool { return strings.Contains(s, part) })
}

// tally2 is tally in a next revision.
var tally2 = projections.Model{
	Name:   "tally/2",
	Schema: strings.Replace(tally.Schema, "text      TEXT", "text      TEXT, more TEXT", 1),
	Apply: func(tx *projections.Tx, rec domain.Record) error {
		if _, ok := rec.Events[0].(counted); ok {
			return tx.Exec(`INSERT INTO tally VALUES (?, 'marbles', 10) ON CONFLICT DO UPDATE SET n = n + 10`, rec.Programme)
		}
		return nil
	},
}

func TestAChangedModelFillsANewFileBesideTheOld(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally)
	caughtUp(t, p, log)
	closed(t, p)

	p = opened(t, dir, tally2)
	read := func(projections.Reader, domain.Position) error { return nil }
	if err := p.Read(t.Context(), read); !errors.Is(err, projections.ErrFilling) {
		t.Errorf("reading tables that are not there: %v, want %v", err, projections.ErrFilling)
	}
	if err := p.Ready(); !errors.Is(err, projections.ErrFilling) {
		t.Errorf("ready without tables: %v, want %v", err, projections.ErrFilling)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.CatchUp(ctx, log); !errors.Is(err, context.Canceled) {
		t.Fatalf("filling without time: %v, want %v", err, context.Canceled)
	}
	closed(t, p)

	p = opened(t, dir, tally)
	wantMarbles(t, p, 3) // still there
	closed(t, p)

	p = opened(t, dir, tally2)
	caughtUp(t, p, log)
	if n, at := marbles(t, p); n != 30 || at != 3 {
		t.Errorf("%d marbles at %d, want 30 at 3", n, at)
	}
	if err := p.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
	if got := without(files(t, dir), "-"); len(got) != 1 {
		t.Errorf("files: %q, want only the new one", got)
	}
}

func TestAChangedSchemaIsAChangedModel(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally, doers)
	caughtUp(t, p, log)
	closed(t, p)

	p = opened(t, dir, doers, tally)
	wantMarbles(t, p, 3) // in whatever order they are named

	closed(t, p)
	changed := tally
	changed.Schema += ` CREATE INDEX tally_by_n ON tally (programme, n);`
	p = opened(t, dir, changed, doers)
	if err := p.Ready(); !errors.Is(err, projections.ErrFilling) {
		t.Errorf("ready with the old schema: %v, want %v", err, projections.ErrFilling)
	}
}

func TestAFileThatIsNoLongerReadableIsFilledAnew(t *testing.T) {
	for name, content := range map[string]string{"empty": "", "nonsense": strings.Repeat("nonsense", 1000)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "read.7.db"), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			p := opened(t, dir, tally)
			caughtUp(t, p, projectionstest.Facts("tide", ones(3)...))
			wantMarbles(t, p, 3)
		})
	}
}

func TestRebuildGivesTheSameTablesWhileTheOldAreRead(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(300)...)
	p := opened(t, dir, tally, doers)
	caughtUp(t, p, log)
	before := projectionstest.Dump(t, p)

	err := p.Read(t.Context(), func(r projections.Reader, _ domain.Position) error {
		log.Append(act(counted{"marbles", 1}))
		if err := p.Rebuild(t.Context(), log); err != nil {
			return err
		}
		var n int
		if err := sum(t.Context(), r, &n); err != nil || n != 300 {
			t.Errorf("who reads during the swap sees %d (%v), want 300", n, err)
		}
		wantMarbles(t, p, 301)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := without(files(t, dir), "-"); !slices.Equal(got, []string{"read.2.db"}) {
		t.Errorf("files: %q, want only read.2.db", got)
	}
	caughtUp(t, p, log)
	wantMarbles(t, p, 301)

	p2 := opened(t, t.TempDir(), tally, doers)
	caughtUp(t, p2, projectionstest.Facts("tide", ones(300)...))
	if diff := cmp.Diff(before, projectionstest.Dump(t, p2)); diff != "" {
		t.Errorf("tables (-live +rebuilt):\n%s", diff)
	}
}

// A hooked source does something whenever it is asked.
type hooked struct {
	projections.Source
	hook func()
}

func (h hooked) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	records := h.Source.After(ctx, p)
	h.hook()
	return records
}

func TestTheOldTablesAreKeptUpDuringARebuild(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide", ones(3)...)
	caughtUp(t, p, log)
	first := true
	src := hooked{log, func() {
		if !first {
			return
		}
		first = false
		log.Append(ones(2)...)
		caughtUp(t, p, log)
		wantMarbles(t, p, 5)
		if s := p.State(); !s.Filling || p.Ready() != nil {
			t.Errorf("state %+v, ready %v; want filling, and ready nevertheless", s, p.Ready())
		}
	}}
	if err := p.Rebuild(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	wantMarbles(t, p, 5)
	if s := p.State(); s.Filling {
		t.Errorf("state %+v, want no longer filling", s)
	}
}

func TestARebuildThatFailsLeavesTheOldTables(t *testing.T) {
	dir := t.TempDir()
	p := opened(t, dir, tally)
	caughtUp(t, p, projectionstest.Facts("tide", ones(3)...))
	err := p.Rebuild(t.Context(), projectionstest.Facts("tide", act(counted{"marbles", 1}), act(broke{})))
	wantError(t, err, errBroke, "projections: tally/1 at 2: it broke")
	err = p.Rebuild(t.Context(), projectionstest.Facts("tide", ones(2)...))
	wantError(t, err, projections.ErrOtherLog, "projections: the tables were made from another log: it ends at 2, before 3")
	wantMarbles(t, p, 3)
	if got := without(files(t, dir), "-"); !slices.Equal(got, []string{"read.1.db"}) {
		t.Errorf("files: %q, want only read.1.db", got)
	}
}

func TestAModelThatFailsStopsTheProjectorAndNamesItself(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide")
	p := opened(t, dir, doers, tally)
	caughtUp(t, p, log)
	log.Append(slices.Concat(ones(41), []domain.Record{act(counted{"marbles", 1}, broke{})}, ones(5))...)

	const text = "projections: tally/1 at 42: it broke"
	wantError(t, p.Run(t.Context(), log), errBroke, text)
	wantError(t, p.State().Err, errBroke, text)
	wantError(t, p.Ready(), errBroke, text)
	wantError(t, p.Wait(t.Context(), 42), errBroke, text)
	wantMarbles(t, p, 41)
	closed(t, p)

	repaired := tally
	repaired.Apply = func(tx *projections.Tx, rec domain.Record) error {
		rec.Events = slices.DeleteFunc(slices.Clone(rec.Events), func(e domain.Event) bool { return e == broke{} })
		return applyTally(tx, rec)
	}
	p = opened(t, dir, doers, repaired)
	caughtUp(t, p, log)
	wantMarbles(t, p, 47)
}

// A faulty source ends with an error.
type faulty struct {
	projections.Source
	err error
}

func (f faulty) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		for rec, err := range f.Source.After(ctx, p) {
			if !yield(rec, err) {
				return
			}
		}
		yield(domain.Record{}, f.err)
	}
}

func TestADamagedLogStopsTheProjector(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide")
	caughtUp(t, p, log)
	log.Append(ones(42)...)
	damaged := errors.New("the log is damaged at 43")
	wantError(t, p.Run(t.Context(), faulty{log, damaged}), damaged, damaged.Error())
	wantError(t, p.Ready(), damaged, damaged.Error())
	// Whether act 42 has more to come, only act 43 could tell.
	wantMarbles(t, p, 41)

	dir := t.TempDir()
	wantError(t, opened(t, dir, tally).CatchUp(t.Context(), faulty{log, damaged}), damaged, damaged.Error())
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("filled from a damaged log: %q, want no file", got)
	}
}

func TestAnActOnTwoStreamsIsSeenWhole(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide")
	caughtUp(t, p, log)
	var acts []domain.Record
	for i := range 50 {
		for range 2 {
			a := act(counted{"marbles", 1})
			a.ID = domain.ActID(rune('A' + i))
			acts = append(acts, a)
		}
	}
	log.Append(acts...)
	var odd []domain.Position
	q, err := projections.Open(t.Context(), t.TempDir(), []projections.Model{tally}, projections.Options{Observe: func(b projections.Batch) {
		if b.Position%2 != 0 {
			odd = append(odd, b.Position)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	caughtUp(t, q, projectionstest.Facts("tide"))
	caughtUp(t, q, log)
	if len(odd) > 0 {
		t.Errorf("acts were cut in two at %v", odd)
	}
	wantMarbles(t, q, 100)
}

func TestTablesAreNotMixedWithAnotherLog(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally)
	caughtUp(t, p, log)
	closed(t, p)

	p = opened(t, dir, tally)
	wantError(t, p.CatchUp(t.Context(), projectionstest.Facts("tide", ones(2)...)), projections.ErrOtherLog,
		"projections: the tables were made from another log: they stand at 3, which it does not reach")
	other := act(counted{"marbles", 1})
	other.ID = "other"
	wantError(t, p.CatchUp(t.Context(), projectionstest.Facts("tide", append(ones(2), other)...)), projections.ErrOtherLog,
		"projections: the tables were made from another log: they stand at 3 with act act-3, where it has act other at 3")
	caughtUp(t, p, log)
	closed(t, p)

	p = opened(t, dir, tally)
	if err := p.Rebuild(t.Context(), projectionstest.Facts("tide", ones(2)...)); err != nil {
		t.Fatal(err)
	}
	wantMarbles(t, p, 2) // whoever asks for it gets the tables of this log
}

func TestTwoProjectorsDoNotMoveOneFile(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide", ones(3)...)
	p := opened(t, dir, tally)
	caughtUp(t, p, log)
	q := opened(t, dir, tally)
	log.Append(ones(1)...)
	caughtUp(t, p, log)
	if err := q.CatchUp(t.Context(), log); err == nil || !strings.Contains(err.Error(), "somebody else moved these tables") {
		t.Errorf("the second projector: %v, want it to notice the first", err)
	}
	wantMarbles(t, p, 4)
}

func TestWaitReturnsWhenThePositionIsReached(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.Run(ctx, log) }()
	for range 20 {
		at := log.Append(ones(3)...)
		if err := p.Wait(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if got := p.Position(); got < at {
			t.Fatalf("position %d after waiting for %d", got, at)
		}
	}
	wantMarbles(t, p, 60)

	short, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Wait(short, 61); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting without time: %v, want %v", err, context.Canceled)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("a projector that is stopped: %v", err)
	}
	if err := p.State().Err; err != nil {
		t.Errorf("being stopped counts as failing: %v", err)
	}
}

func TestALogThatIsUnavailableIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide", ones(3)...)
		defer p.Close()
		away := domain.Refuse(domain.Unavailable, "away", "the log is away")
		src := &returning{Source: log, err: away}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- p.Run(ctx, src) }()
		synctest.Wait()
		if err := p.State().Err; !errors.Is(err, away) {
			t.Errorf("meanwhile: %v, want %v", err, away)
		}
		time.Sleep(time.Minute)
		if err := p.Wait(t.Context(), 3); err != nil {
			t.Error(err)
		}
		if err := p.Ready(); err != nil {
			t.Errorf("once it is back: %v", err)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A returning source fails the first time it is asked.
type returning struct {
	projections.Source
	err   error
	asked atomic.Bool
}

func (r *returning) After(ctx context.Context, p domain.Position) iter.Seq2[domain.Record, error] {
	if r.asked.Swap(true) {
		return r.Source.After(ctx, p)
	}
	return faulty{r.Source, r.err}.After(ctx, p)
}

func TestAProjectorSaysThatItIsBehind(t *testing.T) {
	p, err := projections.Open(t.Context(), t.TempDir(), []projections.Model{tally}, projections.Options{Patience: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	log := projectionstest.Facts("tide")
	caughtUp(t, p, log)
	log.Append(ones(3)...)
	caughtUp(t, p, hooked{log, func() {
		if s := p.State(); s.Behind <= 0 {
			t.Errorf("state %+v, want it behind", s)
		}
		if err := p.Ready(); err == nil || err.Error() != "projections: behind the log for 0s, at 0" {
			t.Errorf("ready: %v, want how far it is behind", err)
		}
	}})
	if s := p.State(); s.Behind != 0 || p.Ready() != nil {
		t.Errorf("state %+v, ready %v; want caught up", s, p.Ready())
	}
}

func TestEveryBatchIsObserved(t *testing.T) {
	var filled, acts int
	var sizes []int
	p, err := projections.Open(t.Context(), t.TempDir(), []projections.Model{tally}, projections.Options{Observe: func(b projections.Batch) {
		if b.Took <= 0 {
			t.Errorf("batch %+v took no time", b)
		}
		if b.Filling {
			filled += b.Acts
			return
		}
		acts += b.Acts
		sizes = append(sizes, b.Acts)
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	log := projectionstest.Facts("tide", ones(10)...)
	caughtUp(t, p, log)
	log.Append(ones(20)...)
	caughtUp(t, p, log)
	if filled != 10 || acts != 20 || !slices.Equal(sizes, []int{1, 2, 4, 8, 5}) {
		t.Errorf("%d acts filled, %d followed in batches of %v; want 10, and 20 in [1 2 4 8 5]", filled, acts, sizes)
	}
}

func TestPagesHearOfChangesInTheirProgramme(t *testing.T) {
	p, log := opened(t, t.TempDir(), tally), projectionstest.Facts("tide", ones(3)...)
	caughtUp(t, p, log)
	at, tide := p.Changed("tide")
	if at != 3 {
		t.Errorf("changed at %d, want 3: nothing is known of before", at)
	}
	_, ebb := p.Changed("ebb")

	there := act(counted{"marbles", 1})
	there.Programme = "ebb"
	log.Append(there, act(taken{}), act())
	caughtUp(t, p, log)
	if !isClosed(ebb) {
		t.Error("a page of the programme that changed did not hear of it")
	}
	if at, _ := p.Changed("ebb"); at != 4 {
		t.Errorf("changed at %d, want 4", at)
	}
	if !isClosed(tide) {
		t.Error("a page did not hear of a row that was deleted")
	}
	at, tide = p.Changed("tide")
	if at != 5 {
		t.Errorf("changed at %d, want 5: act 6 changed nothing", at)
	}

	log.Append(there)
	caughtUp(t, p, log)
	if isClosed(tide) {
		t.Error("a page of another programme heard of it")
	}
	if err := p.Rebuild(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	if !isClosed(tide) {
		t.Error("a page did not hear of the rebuild")
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestDeletedTextIsNotLeftInTheFile(t *testing.T) {
	dir, log := t.TempDir(), projectionstest.Facts("tide")
	p := opened(t, dir, tally)
	caughtUp(t, p, log)
	const text = "what nobody should find any more"
	log.Append(act(said{domain.Say("k", text)}))
	caughtUp(t, p, log)
	closed(t, p)
	if !contains(t, dir, text) {
		t.Fatal("the text is nowhere: this test finds nothing")
	}
	p = opened(t, dir, tally)
	log.Append(act(taken{}))
	caughtUp(t, p, log)
	closed(t, p)
	if contains(t, dir, text) {
		t.Error("the text can still be found")
	}
}

func contains(t *testing.T, dir, text string) bool {
	t.Helper()
	for _, name := range files(t, dir) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), text) {
			return true
		}
	}
	return false
}
