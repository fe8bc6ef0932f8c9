package ballotbox_test

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/eventstore/keys"
)

var errCrash = errors.New("the world ends here")

// endsAt lets n steps happen, and none after.
func endsAt(n int) func(string, string) error {
	return func(string, string) error {
		if n--; n < 0 {
			return errCrash
		}
		return nil
	}
}

// A deed is something that changes a box, and can be done again.
type deed struct {
	name    string
	prepare func(w *world) (do func() error)
	done    func(w *world) // fails unless it was done
}

var deeds = []deed{
	{
		name: "issue",
		prepare: func(w *world) func() error {
			r := w.ask()
			return func() error { _, err := w.box.Issue(people[5], r.Blinded); return err }
		},
		done: func(w *world) { w.wantStanding(people[5], ballotbox.HasCredential) },
	},
	{
		name:    "take an envelope",
		prepare: func(w *world) func() error { return func() error { return w.box.TakeEnvelope(people[5]) } },
		done:    func(w *world) { w.wantStanding(people[5], ballotbox.TakesEnvelope) },
	},
	{
		name: "cast",
		prepare: func(w *world) func() error {
			b := w.seal(w.credential(people[5]), "new")
			return func() error { return w.boxes.Cast(b) }
		},
		done: func(w *world) { w.wantOpened("a", "b", "c", "new") },
	},
	{
		name: "replace",
		prepare: func(w *world) func() error {
			b := w.seal(w.credential(people[5]), "old")
			w.must(w.boxes.Cast(b))
			b = w.seal(b.Credential, "new")
			b.Replace = true
			return func() error { return w.boxes.Cast(b) }
		},
		done: func(w *world) { w.wantOpened("a", "b", "c", "new") },
	},
	{
		name: "cast a code",
		prepare: func(w *world) func() error {
			code := w.codes(people[5])[0]
			return func() error {
				_, err := w.box.CastCode(code, []byte("new"))
				if errors.Is(err, ballotbox.ErrSpent) {
					return nil // it was done, and its owner is told
				}
				return err
			}
		},
		done: func(w *world) { w.wantOpened("a", "b", "c", "new") },
	},
	{
		name:    "close",
		prepare: func(w *world) func() error { return func() error { return w.box.Close() } },
		done: func(w *world) {
			w.wantOpened("a", "b", "c")
			w.wantErr(w.box.TakeEnvelope(people[5]), ballotbox.ErrClosed)
		},
	},
	{
		name: "destroy",
		prepare: func(w *world) func() error {
			w.must(w.box.Close())
			return func() error { return w.boxes.Destroy(w.id) }
		},
		done: func(w *world) {
			_, err := w.boxes.Box(w.id)
			w.wantErr(err, ballotbox.ErrUnknown)
		},
	},
}

func (w *world) wantStanding(p domain.PersonID, want ballotbox.Standing) {
	w.Helper()
	got, err := w.box.Standing(p)
	w.must(err)
	if got != want {
		w.Errorf("standing %d, want %d", got, want)
	}
}

// Whatever is done, and wherever it stops, it can be done again, and nothing
// that was acknowledged is lost.
func TestAfterACrashAtAnyStepItCanBeDoneAgain(t *testing.T) {
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			for n, crashed := 0, true; crashed; n++ {
				w := newWorld(t, 0)
				w.cast("a", "b", "c")
				step := endsAt(1 << 30)
				w.reopen(func(what, path string) error { return step(what, path) })
				do := d.prepare(w)

				step = endsAt(n)
				err := do()
				crashed = err != nil
				if crashed && !errors.Is(err, errCrash) {
					t.Fatalf("after %d steps: %v", n, err)
				}
				if crashed {
					// It fails once more while it still runs, and then stops.
					_ = do()
					step = endsAt(1 << 30)
				}
				// Starting again can stop at any step too.
				for m, again := 0, errCrash; errors.Is(again, errCrash); m++ {
					_, again = ballotbox.OpenWith(w.folder, w.keys, endsAt(m))
					if again != nil && !errors.Is(again, errCrash) {
						t.Fatalf("after %d steps and %d more: %v", n, m, again)
					}
				}
				w.reopen(nil)
				w.wantTidy()
				if crashed && w.box != nil {
					w.must(ignore(do(), ballotbox.ErrUnknown))
				}
				w.wantTidy()
				d.done(w)
				if t.Failed() {
					t.Fatalf("after %d steps", n)
				}
			}
		})
	}
}

func ignore(err, ignored error) error {
	if errors.Is(err, ignored) {
		return nil
	}
	return err
}

// wantTidy fails when something half done lies about.
func (w *world) wantTidy() {
	w.Helper()
	w.must(filepath.WalkDir(w.folder, func(path string, _ os.DirEntry, err error) error {
		if strings.Contains(path, ".new") || strings.Contains(path, ".destroyed") {
			w.Errorf("left: %s", path)
		}
		return err
	}))
}

func TestABoxIsMadeWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	for n, crashed := 0, true; crashed; n++ {
		w := newWorld(t, 0)
		folder := t.TempDir()
		boxes, err := ballotbox.OpenWith(folder, w.keys, endsAt(n))
		w.must(err)
		_, err = boxes.Create(plan(w.opening))
		if crashed = err != nil; crashed && !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		boxes, err = ballotbox.Open(folder, w.keys)
		w.must(err)
		ids, err := boxes.IDs()
		w.must(err)
		for _, id := range ids {
			box, err := boxes.Box(id)
			w.must(err)
			w.must(box.TakeEnvelope(people[0]))
		}
		left, err := os.ReadDir(folder)
		w.must(err)
		if len(left) != len(ids) || !crashed && len(ids) != 1 {
			t.Fatalf("after %d steps: %d boxes in %v", n, len(ids), left)
		}
	}
}

// A box that was not closed after all has its issuer still, and one that was
// has it no more.
func TestAClosingThatCrashedHappenedWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	for n, crashed := 0, true; crashed; n++ {
		w := newWorld(t, 0)
		w.reopen(endsAt(n))
		crashed = w.box.Close() != nil
		w.reopen(nil)
		closed, err := w.box.Closed()
		w.must(err)
		seen[closed]++
		if closed {
			w.wantNoIssuer()
			continue
		}
		w.cast("a", "b", "c")
		w.codes(people[8])
		w.wantOpened("a", "b", "c")
	}
	if seen[false] < 2 || seen[true] < 2 {
		t.Errorf("%v: this test has lost its subject", seen)
	}
}

// A power notes what the disk may forget when the power goes.
type power map[string]bool

func (unsynced power) step(what, path string) error {
	switch what {
	case "write", "make":
		unsynced[path] = true
	case "sync":
		delete(unsynced, path)
	case "rename":
		if unsynced[path+".new"] {
			return fmt.Errorf("%s is given to what may not be on the disk", path)
		}
		unsynced[filepath.Dir(path)] = true
	case "remove":
		delete(unsynced, path)
		unsynced[filepath.Dir(path)] = true
	}
	return nil
}

// A name is given to nothing that is not on the disk yet, and nothing is
// acknowledged before its name is, also when the disk failed for a moment and
// the same process did it again: what a power cut leaves is what was there
// before, or what is there now.
func TestWhatIsAcknowledgedIsOnTheDisk(t *testing.T) {
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			for n, failed := 0, true; failed; n++ {
				w := newWorld(t, 0)
				w.cast("a", "b", "c")
				unsynced, at := power{}, 1<<30
				w.reopen(func(what, path string) error {
					if at--; at == -1 {
						return errCrash
					}
					return unsynced.step(what, path)
				})
				do := d.prepare(w)
				at = n
				err := do()
				at = 1 << 30
				if failed = err != nil; failed {
					w.must(do())
				}
				if len(unsynced) != 0 {
					t.Errorf("perhaps not on the disk: %v", unsynced)
				}
				w.wantTidy()
				d.done(w)
				if t.Failed() {
					t.Fatalf("after %d steps", n)
				}
			}
		})
	}
}

// The tests below run the test binary again, as another process that works in
// the same folder. It does as it is told, a line at a time, and answers each.
func TestMain(m *testing.M) {
	if folder := os.Getenv("BALLOTBOX_FOLDER"); folder != "" {
		os.Exit(obey(folder))
	}
	os.Exit(m.Run())
}

func obey(folder string) int {
	boxes, err := ballotbox.Open(folder, &keys.Memory{})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := told(boxes, lines.Text()); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println("done")
	}
	return 0
}

func told(boxes *ballotbox.Boxes, line string) error {
	verb, arg, _ := strings.Cut(line, " ")
	if verb == "cast" {
		sent, err := hex.DecodeString(arg)
		if err != nil {
			return err
		}
		b, err := ballot.Read(sent)
		if err != nil {
			return err
		}
		return boxes.Cast(b)
	}
	id, _ := ballot.ReadBoxID(arg)
	if verb == "destroy" {
		return boxes.Destroy(id)
	}
	box, err := boxes.Box(id)
	if err != nil {
		return err
	}
	return box.Close()
}

// killed tells another process all lines at once, kills it at some moment, and
// returns how many it said were done.
func (w *world) killed(after time.Duration, lines []string) (done int) {
	w.Helper()
	read, write, err := os.Pipe()
	w.must(err)
	defer read.Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "BALLOTBOX_FOLDER="+w.folder)
	cmd.Stdin = read
	out, err := cmd.StdoutPipe()
	w.must(err)
	w.must(cmd.Start())
	go func() {
		_, _ = write.WriteString(strings.Join(lines, "\n") + "\n")
		_ = write.Close()
	}()
	answers := bufio.NewScanner(out)
	for answers.Scan() {
		if answers.Text() != "done" {
			w.Errorf("the other process says %q", answers.Text())
		}
		if done++; done == 1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // while it does the rest
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return done
}

func TestAKilledProcessLosesNoBallotAndCountsNoneTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	var ballots []ballot.Ballot
	var want, lines []string
	for _, p := range people {
		b := w.seal(w.credential(p), string(p))
		ballots, want = append(ballots, b), append(want, string(p))
		lines = append(lines, "cast "+hex.EncodeToString(b.Bytes()))
	}
	interrupted := 0
	for range 8 {
		w := newWorld(t, 0) // the same box, in which nothing was cast yet
		for sent := 0; sent < len(lines); {
			done := w.killed(time.Duration(rand.IntN(20_000))*time.Microsecond, lines[sent:])
			w.reopen(nil)
			count, err := w.box.Count()
			w.must(err)
			if count < sent+done || count > sent+done+1 {
				t.Fatalf("%d ballots, and %d were acknowledged", count, sent+done)
			}
			if sent += done; sent < len(lines) {
				interrupted++
			}
		}
		for _, b := range ballots {
			w.must(w.boxes.Cast(b))
		}
		for done := 0; done < 2; {
			done = w.killed(time.Duration(rand.IntN(3_000))*time.Microsecond, []string{"close " + w.id.String(), "close " + w.id.String()})
		}
		w.reopen(nil)
		w.wantOpened(want...)
		w.killed(0, []string{"destroy " + w.id.String(), "destroy " + w.id.String()})
		if w.reopen(nil); w.box != nil {
			t.Fatal("destroyed, and there")
		}
		w.wantTidy()
	}
	t.Logf("%d times interrupted", interrupted)
}
