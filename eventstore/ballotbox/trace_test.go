package ballotbox_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
)

// files reads everything in a folder.
func files(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		all[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// mixed returns the files that hold both a person who is invited and the name
// of a ballot, however it is written.
func mixed(all map[string][]byte, ballots []ballot.Nullifier) (both []string) {
	for path, content := range all {
		person := false
		for _, p := range people {
			person = person || bytes.Contains(content, []byte(p))
		}
		named := false
		for _, n := range ballots {
			for _, form := range [][]byte{n[:], []byte(n.String()), []byte(base64.StdEncoding.EncodeToString(n[:]))} {
				named = named || bytes.Contains(bytes.ToLower(content), bytes.ToLower(form))
			}
		}
		if person && named {
			both = append(both, path)
		}
	}
	return both
}

// TestNoFileHoldsAPersonAndABallot looks at every byte on the disk, at every
// step of a box's life.
func TestNoFileHoldsAPersonAndABallot(t *testing.T) {
	w := newWorld(t, 0)
	var ballots []ballot.Nullifier
	seen := map[string]bool{}
	w.reopen(func(string, string) error {
		all := files(t, w.folder)
		for path := range all {
			seen[filepath.Base(path)] = true
		}
		if both := mixed(all, ballots); both != nil {
			t.Errorf("a person and a ballot: %v", both)
		}
		return nil
	})
	for _, p := range people[:6] {
		b := w.seal(w.credential(p), "a")
		ballots = append(ballots, b.Nullifier())
		w.must(w.boxes.Cast(b))
	}
	for _, code := range w.codes(people[6:9]...) {
		n, err := w.box.CastCode(code, []byte("a"))
		w.must(err)
		ballots = append(ballots, n)
		if both := mixed(files(t, w.folder), ballots); both != nil {
			t.Errorf("a person and a ballot: %v", both)
		}
	}
	w.opened()
	w.must(w.boxes.Destroy(w.id))
	for _, file := range []string{"ballots", "ballots.new", "register", "register.new", "codes", "closed", "manifest"} {
		if !seen[file] {
			t.Errorf("%s was never looked at", file)
		}
	}

	// This test sees what it looks for.
	for _, n := range [][]byte{ballots[3][:], []byte(hex.EncodeToString(ballots[3][:]))} {
		leak := slices.Concat([]byte("somewhere "), n, []byte(people[3]))
		w.must(os.WriteFile(filepath.Join(w.folder, "leak"), leak, 0o600))
		if mixed(files(t, w.folder), ballots) == nil {
			t.Error("a leak was not noticed")
		}
	}
}

func TestNothingOnTheDiskSaysWhen(t *testing.T) {
	w := newWorld(t, 0)
	root := t.TempDir()
	w.folder = filepath.Join(root, "boxes")
	boxes, err := ballotbox.Open(w.folder, w.keys)
	w.must(err)
	box, err := boxes.Create(plan(w.opening))
	w.must(err)
	w.boxes, w.box, w.id = boxes, box, box.ID()
	timeless := func(when string) {
		t.Helper()
		w.must(filepath.WalkDir(w.folder, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			if info.ModTime().Unix() != 0 {
				t.Errorf("%s: %s was changed at %v", when, path, info.ModTime())
			}
			if open := info.Mode().Perm() & 0o077; open != 0 {
				t.Errorf("%s: %s can be read by others", when, path)
			}
			return nil
		}))
	}
	timeless("made")
	w.cast("a", "b", "c")
	timeless("cast")
	w.codes(people[8])
	timeless("envelopes")
	w.must(w.box.Close())
	timeless("closed")
	_, err = boxes.Create(plan(w.opening))
	w.must(err)
	w.must(boxes.Destroy(w.id))
	timeless("destroyed")
}

func TestSizesSayNothing(t *testing.T) {
	w := newWorld(t, 0)
	size := func(file string) int {
		t.Helper()
		return len(files(t, w.folder)[filepath.Join(w.folder, w.id.String(), file)])
	}
	register, empty := size("register"), size("ballots")
	if want := len(people) * ballotbox.EntrySize; register-empty-len("register")+len("ballots") != want {
		t.Errorf("a register of %d bytes, want %d more than an empty box", register, want)
	}
	var last ballot.Ballot
	for i, answers := range []string{"", "4", string(make([]byte, ballot.AnswersSize))} {
		last = w.seal(w.credential(people[i]), answers)
		w.must(w.boxes.Cast(last))
		if got, want := size("ballots"), empty+(i+1)*ballotbox.RecordSize; got != want {
			t.Errorf("%d ballots in %d bytes, want %d", i+1, got, want)
		}
	}
	last = w.seal(last.Credential, "")
	last.Replace = true
	w.must(w.boxes.Cast(last))
	if got, want := size("ballots"), empty+3*ballotbox.RecordSize; got != want {
		t.Errorf("after a withdrawal %d bytes, want %d", got, want)
	}
	if got := size("register"); got != register {
		t.Errorf("a register of %d bytes, want %d", got, register)
	}
}

// tau is Kendall's rank correlation of a sequence with its order: 1 when it
// rises, -1 when it falls, about 0 when it does neither.
func tau(of []int) float64 {
	sum, n := 0, 0
	for i := range of {
		for j := range i {
			n++
			if of[j] < of[i] {
				sum++
			} else {
				sum--
			}
		}
	}
	return float64(sum) / float64(n)
}

func TestTheOrderInTheBoxSaysNothingOfTheOrderOfArrival(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	var ballots []ballot.Ballot
	for _, p := range people[:10] {
		ballots = append(ballots, w.seal(w.credential(p), "a"))
	}
	const runs = 30
	sum := 0.0
	for range runs {
		fresh := newWorld(t, 0)
		rand.Shuffle(len(ballots), func(i, j int) { ballots[i], ballots[j] = ballots[j], ballots[i] })
		for _, b := range ballots {
			w.must(fresh.boxes.Cast(b))
		}
		content := files(t, fresh.folder)[filepath.Join(fresh.folder, fresh.id.String(), "ballots")]
		var places []int
		for _, b := range ballots { // in the order in which they came
			at := bytes.Index(content, b.Sealed)
			if at < 0 {
				t.Fatal("a ballot is not in the box")
			}
			places = append(places, at)
		}
		sum += tau(places)
	}
	// Of 30 runs of 10 ballots in no order, the mean strays by 0.045 from nothing.
	if mean := sum / runs; math.Abs(mean) > 0.2 {
		t.Errorf("mean tau %.2f, want about 0", mean)
	}
	if got := tau([]int{1, 2, 3, 4}); got != 1 {
		t.Errorf("tau of what rises is %v", got)
	}
}

func TestAnswersComeOutInAnotherOrderEachTime(t *testing.T) {
	w := newWorld(t, 0)
	w.cast("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
	w.must(w.box.Close())
	sum, first := 0.0, map[string]bool{}
	const runs = 100
	for range runs {
		o, err := w.box.Open(w.opening)
		w.must(err)
		var order []int
		for _, a := range o.Answers {
			order = append(order, int(a[0]))
		}
		sum += tau(order)
		first[string(o.Answers[0])] = true
	}
	if mean := sum / runs; math.Abs(mean) > 0.15 || len(first) < 5 {
		t.Errorf("mean tau %.2f, %d different first answers", mean, len(first))
	}
}
