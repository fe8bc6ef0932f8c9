package ballotbox_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
	"koersvast/eventstore/keys"
)

const threshold = 3

// people are invited to every box of these tests.
var people = func() (ids []domain.PersonID) {
	for i := range 12 {
		ids = append(ids, domain.PersonID(fmt.Sprintf("01JPERSON%02d", i)))
	}
	return ids
}()

// A world has one box, and what its people, its server and its coach know.
type world struct {
	tb
	folder  string
	keys    *keys.Memory
	opening *ecdh.PrivateKey
	id      ballot.BoxID

	boxes *ballotbox.Boxes
	box   *ballotbox.Box
}

// tb is what a test of either kind can do.
type tb interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// A model is a folder with a new box in it, to be copied: keys take long to
// make.
type model struct {
	world
	files map[string][]byte
}

var models = [2]func() (*model, error){sync.OnceValues(newModel), sync.OnceValues(newModel)}

func newModel() (_ *model, err error) {
	m := &model{files: map[string][]byte{}}
	m.keys = &keys.Memory{}
	if m.folder, err = os.MkdirTemp("", "ballotbox"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(m.folder)
	boxes, err := ballotbox.Open(m.folder, m.keys)
	if err != nil {
		return nil, err
	}
	if m.opening, err = ballot.NewKey(); err != nil {
		return nil, err
	}
	box, err := boxes.Create(plan(m.opening))
	if err != nil {
		return nil, err
	}
	m.id = box.ID()
	err = filepath.WalkDir(m.folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(m.folder, path)
		if err != nil {
			return err
		}
		m.files[rel], err = os.ReadFile(path)
		return err
	})
	return m, err
}

func plan(opening *ecdh.PrivateKey) ballotbox.Plan {
	return ballotbox.Plan{
		Round: "01JROUND", Group: domain.Peers, K: threshold, Invited: people,
		Questions:     sha256.Sum256([]byte("do you notice it?")),
		Opening:       opening.PublicKey().Bytes(),
		SealedOpening: []byte("sealed to the coach"),
	}
}

// newWorld returns a world with a new box; which chooses among two boxes.
func newWorld(t testing.TB, which int) *world {
	t.Helper()
	m, err := models[which]()
	if err != nil {
		t.Fatal(err)
	}
	w := m.world
	w.tb, w.folder = t, t.TempDir()
	for name, content := range m.files {
		path := filepath.Join(w.folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.reopen(nil)
	return &w
}

// reopen is what happens when the process ends, however, and starts again.
func (w *world) reopen(step func(what, path string) error) {
	w.Helper()
	var err error
	if w.boxes, err = ballotbox.OpenWith(w.folder, w.keys, step); err != nil {
		w.Fatal(err)
	}
	if w.box, err = w.boxes.Box(w.id); err != nil && !errors.Is(err, ballotbox.ErrUnknown) {
		w.Fatal(err)
	}
}

func (w *world) ask() *ballot.Request {
	w.Helper()
	r, err := ballot.Ask(w.box.Manifest())
	w.must(err)
	return r
}

func (w *world) credential(p domain.PersonID) ballot.Credential {
	w.Helper()
	r := w.ask()
	signed, err := w.box.Issue(p, r.Blinded)
	w.must(err)
	c, err := r.Credential(signed)
	w.must(err)
	return c
}

func (w *world) seal(c ballot.Credential, answers string) ballot.Ballot {
	w.Helper()
	sealed, err := ballot.Seal(w.box.Manifest(), c.Nullifier(), []byte(answers))
	w.must(err)
	return ballot.Ballot{Credential: c, Sealed: sealed}
}

// cast casts answers of n people, and returns their ballots.
func (w *world) cast(answers ...string) (all []ballot.Ballot) {
	w.Helper()
	for i, a := range answers {
		b := w.seal(w.credential(people[i]), a)
		w.must(w.boxes.Cast(b))
		all = append(all, b)
	}
	return all
}

func (w *world) codes(of ...domain.PersonID) []string {
	w.Helper()
	for _, p := range of {
		w.must(w.box.TakeEnvelope(p))
	}
	codes, err := w.box.Envelopes(len(of))
	w.must(err)
	return codes
}

// opened closes the box and opens it, and returns the answers, sorted.
func (w *world) opened() []string {
	w.Helper()
	w.must(w.box.Close())
	o, err := w.box.Open(w.opening)
	w.must(err)
	if len(o.Counted) != len(o.Answers) || !slices.IsSortedFunc(o.Counted, func(a, b ballot.Nullifier) int { return bytes.Compare(a[:], b[:]) }) {
		w.Errorf("%d ballots counted for %d answers, want as many, sorted", len(o.Counted), len(o.Answers))
	}
	return texts(o)
}

func texts(o ballotbox.Opened) []string {
	var all []string
	for _, a := range o.Answers {
		all = append(all, string(a))
	}
	slices.Sort(all)
	return all
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) wantErr(err, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Errorf("error %v, want %v", err, want)
	}
}

func (w *world) wantCount(want int) {
	w.Helper()
	got, err := w.box.Count()
	w.must(err)
	if got != want {
		w.Errorf("%d ballots, want %d", got, want)
	}
}

func (w *world) wantOpened(want ...string) {
	w.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, w.opened()); diff != "" {
		w.Errorf("answers (-want +got):\n%s", diff)
	}
}

func TestWhatPeopleAnsweredComesOutOfTheBox(t *testing.T) {
	w := newWorld(t, 0)
	ballots := w.cast("a", "b", "c", "d")
	codes := w.codes(people[8], people[9])
	receipt, err := w.box.CastCode(strings.ToLower(codes[1]), []byte("e"))
	w.must(err)
	w.wantOpened("a", "b", "c", "d", "e")

	o, err := w.box.Open(w.opening)
	w.must(err)
	for _, b := range ballots {
		if !slices.Contains(o.Counted, b.Nullifier()) {
			t.Errorf("%v was not counted", b.Nullifier())
		}
	}
	if !slices.Contains(o.Counted, receipt) {
		t.Error("what came in an envelope was not counted")
	}
	sealed, err := w.box.SealedOpening()
	w.must(err)
	if string(sealed) != "sealed to the coach" {
		t.Errorf("sealed opening key %q", sealed)
	}
}

func TestAPersonGetsOneCredential(t *testing.T) {
	w := newWorld(t, 0)
	r := w.ask()
	first, err := w.box.Issue(people[0], r.Blinded)
	w.must(err)
	_, err = w.box.Issue(people[0], w.ask().Blinded)
	w.wantErr(err, ballotbox.ErrIssued)
	w.reopen(nil)
	again, err := w.box.Issue(people[0], r.Blinded)
	w.must(err)
	if !bytes.Equal(first, again) {
		t.Error("the same request got another signature")
	}
	_, err = w.box.Issue(people[0], w.ask().Blinded)
	w.wantErr(err, ballotbox.ErrIssued)
	_, err = w.box.Issue("a-stranger", r.Blinded)
	w.wantErr(err, ballotbox.ErrNotInvited)
	w.wantErr(w.box.TakeEnvelope(people[0]), ballotbox.ErrIssued)
}

func TestWhatCannotBeSignedCostsNobodyACredential(t *testing.T) {
	w := newWorld(t, 0)
	_, err := w.box.Issue(people[0], nil)
	w.wantErr(err, ballot.ErrSize)
	_, err = w.box.Issue(people[0], bytes.Repeat([]byte{0xff}, ballot.SignatureSize))
	w.wantErr(err, ballot.ErrInvalid)
	w.credential(people[0])
}

func TestACredentialCastsOneBallot(t *testing.T) {
	w := newWorld(t, 0)
	b := w.cast("a", "b", "c")[0]
	w.must(w.boxes.Cast(b)) // its answer was lost
	w.wantErr(w.boxes.Cast(w.seal(b.Credential, "d")), ballotbox.ErrSpent)
	w.reopen(nil)
	w.must(w.boxes.Cast(b))
	w.wantErr(w.boxes.Cast(w.seal(b.Credential, "d")), ballotbox.ErrSpent)
	w.wantCount(3)
	w.wantOpened("a", "b", "c")
}

func TestAnswersCanBeReplacedUntilTheBoxIsClosed(t *testing.T) {
	w := newWorld(t, 0)
	ballots := w.cast("a", "b", "c")
	replacement := w.seal(ballots[1].Credential, "B")
	replacement.Replace = true
	w.must(w.boxes.Cast(replacement))
	w.must(w.boxes.Cast(replacement))
	w.wantErr(w.boxes.Cast(ballots[1]), ballotbox.ErrSpent) // the first one, late
	first := w.seal(w.credential(people[5]), "d")
	first.Replace = true
	w.must(w.boxes.Cast(first)) // it replaces nothing, and counts
	w.wantCount(4)
	w.wantOpened("B", "a", "c", "d")
	w.wantErr(w.boxes.Cast(replacement), ballotbox.ErrClosed)
}

func TestWithdrawnAnswersDoNotCount(t *testing.T) {
	w := newWorld(t, 0)
	ballots := w.cast("a", "b", "c", "d")
	none := w.seal(ballots[0].Credential, "")
	none.Replace = true
	w.must(w.boxes.Cast(none))
	w.wantCount(4) // nobody can tell before it is opened
	w.wantOpened("b", "c", "d")
	o, err := w.box.Open(w.opening)
	w.must(err)
	if slices.Contains(o.Counted, none.Nullifier()) || o.Unreadable != 0 {
		t.Errorf("a withdrawn ballot was counted, or %d are unreadable", o.Unreadable)
	}
}

func TestABallotIsForOneBox(t *testing.T) {
	here, there := newWorld(t, 0), newWorld(t, 1)
	b := here.cast("a")[0]
	here.wantErr(there.boxes.Cast(b), ballotbox.ErrUnknown)
	here.wantErr(there.box.Cast(b), ballot.ErrWrongBox)

	forged := b
	forged.Signature = bytes.Clone(b.Signature)
	forged.Signature[3] ^= 1
	here.wantErr(here.boxes.Cast(forged), ballot.ErrInvalid)
	for _, bad := range []ballot.Ballot{
		{},
		{Credential: b.Credential},
		{Credential: b.Credential, Sealed: b.Sealed[1:]},
		{Credential: ballot.Credential{Prepared: b.Prepared[:40], Signature: b.Signature}, Sealed: b.Sealed},
		{Credential: ballot.Credential{Prepared: b.Prepared}, Sealed: b.Sealed},
	} {
		here.wantErr(here.boxes.Cast(bad), ballot.ErrSize)
		here.wantErr(here.box.Cast(bad), ballot.ErrSize)
	}
	here.wantCount(1)
}

// Who sees somebody's sealed answers and casts them as their own would learn,
// from what is released, what that person answered.
func TestCopiedAnswersCannotBeRead(t *testing.T) {
	w := newWorld(t, 0)
	b := w.cast("a", "b", "c", "d")[0]
	w.must(w.boxes.Cast(ballot.Ballot{Credential: w.credential(people[7]), Sealed: b.Sealed}))
	w.must(w.box.Close())
	o, err := w.box.Open(w.opening)
	w.must(err)
	if diff := cmp.Diff([]string{"a", "b", "c", "d"}, texts(o)); diff != "" || o.Unreadable != 1 {
		t.Errorf("%d unreadable, want 1; answers (-want +got):\n%s", o.Unreadable, diff)
	}
}

func TestNobodyOpensABoxEarlyOrWithAnotherKey(t *testing.T) {
	w, other := newWorld(t, 0), newWorld(t, 1)
	w.cast("a", "b", "c")
	_, err := w.box.Open(w.opening)
	w.wantErr(err, ballotbox.ErrNotClosed)
	w.wantErr(w.boxes.Destroy(w.id), ballotbox.ErrNotClosed)
	w.must(w.box.Close())
	_, err = w.box.Open(other.opening)
	w.wantErr(err, ballot.ErrWrongKey)
	w.wantOpened("a", "b", "c")
}

func TestTooFewAnswersAreNotOpened(t *testing.T) {
	w := newWorld(t, 0)
	w.cast("a", "b")
	w.must(w.box.Close())
	for _, key := range []*ecdh.PrivateKey{w.opening, newWorld(t, 1).opening} {
		_, err := w.box.Open(key) // which is not even looked at
		w.wantErr(err, ballotbox.ErrTooFew)
	}
	w.must(w.boxes.Destroy(w.id))

	w = newWorld(t, 0)
	ballots := w.cast("a", "b", "c")
	withdrawn := w.seal(ballots[0].Credential, "")
	withdrawn.Replace = true
	w.must(w.boxes.Cast(withdrawn))
	w.must(w.box.Close())
	o, err := w.box.Open(w.opening)
	w.wantErr(err, ballotbox.ErrTooFew)
	if o.Answers != nil || o.Counted != nil {
		t.Error("they were given out")
	}
}

func TestAClosedBoxStaysClosed(t *testing.T) {
	w := newWorld(t, 0)
	ballots := w.cast("a", "b", "c")
	codes := w.codes(people[8])
	request, unused := w.ask(), w.seal(w.credential(people[4]), "d")
	for range 2 {
		w.must(w.box.Close())
		w.reopen(nil)
		closed, err := w.box.Closed()
		w.must(err)
		if !closed {
			t.Error("it is open")
		}
		_, err = w.box.Issue(people[6], request.Blinded)
		w.wantErr(err, ballotbox.ErrClosed)
		w.wantErr(w.box.TakeEnvelope(people[6]), ballotbox.ErrClosed)
		_, err = w.box.Envelopes(1)
		w.wantErr(err, ballotbox.ErrClosed)
		_, err = w.box.CastCode(codes[0], []byte("e"))
		w.wantErr(err, ballotbox.ErrClosed)
		_, err = w.boxes.BoxOf(codes[0])
		w.wantErr(err, ballotbox.ErrBadCode)
		for _, b := range append(ballots, unused) {
			w.wantErr(w.boxes.Cast(b), ballotbox.ErrClosed)
		}
	}
	w.wantNoIssuer()
	w.wantOpened("a", "b", "c")
}

// wantNoIssuer fails when there is something left of which only an open box
// has need.
func (w *world) wantNoIssuer() {
	w.Helper()
	for _, gone := range []string{"issuer", "codes"} {
		if _, err := os.Stat(filepath.Join(w.folder, w.id.String(), gone)); !errors.Is(err, os.ErrNotExist) {
			w.Errorf("%s is still there: %v", gone, err)
		}
	}
}

func TestADestroyedBoxIsGone(t *testing.T) {
	w := newWorld(t, 0)
	b := w.cast("a", "b", "c")[0]
	w.must(w.box.Close())
	for range 2 {
		w.must(w.boxes.Destroy(w.id))
		_, err := w.boxes.Box(w.id)
		w.wantErr(err, ballotbox.ErrUnknown)
		w.wantErr(w.boxes.Cast(b), ballotbox.ErrUnknown)
	}
	// Who holds the box still cannot use it.
	w.wantErr(w.box.Cast(b), ballotbox.ErrUnknown)
	w.wantErr(w.box.Close(), ballotbox.ErrUnknown)
	w.wantErr(w.box.TakeEnvelope(people[0]), ballotbox.ErrUnknown)
	_, err := w.box.Standing(people[0])
	w.wantErr(err, ballotbox.ErrUnknown)
	_, err = w.box.Closed()
	w.wantErr(err, ballotbox.ErrUnknown)
	_, err = w.box.SealedOpening()
	w.wantErr(err, ballotbox.ErrUnknown)
	_, err = w.box.Open(w.opening)
	w.wantErr(err, ballotbox.ErrUnknown)
	_, err = w.box.Count()
	w.wantErr(err, ballotbox.ErrUnknown)
	left, err := os.ReadDir(w.folder)
	w.must(err)
	if len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestACodeCastsOnce(t *testing.T) {
	w := newWorld(t, 0)
	codes := w.codes(people[0], people[1], people[2])
	for i, code := range codes {
		found, err := w.boxes.BoxOf(code)
		w.must(err)
		if found != w.box {
			t.Error("another box")
		}
		_, err = w.box.CastCode(code, make([]byte, ballot.AnswersSize+1))
		w.wantErr(err, ballot.ErrSize)
		_, err = w.box.CastCode(code, []byte{'a' + byte(i)})
		w.must(err)
		w.reopen(nil)
		_, err = w.box.CastCode(code, []byte{'a' + byte(i)})
		w.wantErr(err, ballotbox.ErrSpent)
	}
	w.wantOpened("a", "b", "c")
}

func TestACodeIsForgivenHowItIsTyped(t *testing.T) {
	w := newWorld(t, 0)
	code := w.codes(people[0])[0]
	for _, typed := range []string{
		strings.ToLower(code), strings.ReplaceAll(code, "-", ""), strings.ReplaceAll(code, "-", " \u2013 "),
		strings.NewReplacer("0", "o", "1", "l").Replace(code), strings.NewReplacer("0", "O", "1", "I").Replace(code),
	} {
		if _, err := w.boxes.BoxOf(typed); err != nil {
			t.Errorf("%q for %q: %v", typed, code, err)
		}
	}
	plain := strings.ReplaceAll(code, "-", "")
	for i := range plain {
		for _, sign := range "0123456789ABCDEFGHJKMNPQRSTVWXYZU*" {
			wrong := plain[:i] + string(sign) + plain[i+1:]
			if wrong == plain {
				continue
			}
			if _, err := w.box.CastCode(wrong, []byte("a")); !errors.Is(err, ballotbox.ErrBadCode) {
				t.Errorf("%q for %q: %v", wrong, code, err)
			}
		}
	}
	for _, typed := range []string{"", plain[1:], plain + "0", newWorld(t, 1).codes(people[0])[0]} {
		_, err := w.boxes.BoxOf(typed)
		w.wantErr(err, ballotbox.ErrBadCode)
	}
	w.wantCount(0)
}

func TestThereAreNoMoreEnvelopesThanPeopleWhoTakeOne(t *testing.T) {
	w := newWorld(t, 0)
	_, err := w.box.Envelopes(1)
	w.wantErr(err, ballotbox.ErrTooManyEnvelopes)
	w.codes(people[0], people[1])
	w.must(w.box.TakeEnvelope(people[1])) // twice is once
	_, err = w.box.Envelopes(1)
	w.wantErr(err, ballotbox.ErrTooManyEnvelopes)
	w.codes(people[2])
	_, err = w.box.Envelopes(0)
	w.wantErr(err, ballotbox.ErrTooManyEnvelopes)
	_, err = w.box.Issue(people[0], w.ask().Blinded)
	w.wantErr(err, ballotbox.ErrTakesEnvelope)
	w.wantErr(w.box.TakeEnvelope("a-stranger"), ballotbox.ErrNotInvited)
}

func TestTheRegisterKnowsWhatPeopleTook(t *testing.T) {
	w := newWorld(t, 0)
	w.cast("a")
	w.codes(people[1])
	w.reopen(nil)
	want := []ballotbox.Standing{ballotbox.HasCredential, ballotbox.TakesEnvelope, ballotbox.TookNothing}
	for i, want := range want {
		got, err := w.box.Standing(people[i])
		w.must(err)
		if got != want {
			t.Errorf("%s: standing %d, want %d", people[i], got, want)
		}
	}
	got, err := w.box.Standings([]domain.PersonID{people[2], people[1], people[0]})
	w.must(err)
	slices.Reverse(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the standings of three, in their order (-want +got):\n%s", diff)
	}
	_, err = w.box.Standing("a-stranger")
	w.wantErr(err, ballotbox.ErrNotInvited)
	_, err = w.box.Standings([]domain.PersonID{people[0], "a-stranger"})
	w.wantErr(err, ballotbox.ErrNotInvited)
}

func TestADamagedOrExchangedFileIsNeverAnEmptyBox(t *testing.T) {
	w, other := newWorld(t, 0), newWorld(t, 1)
	w.cast("a", "b", "c")
	other.cast("d")
	path := filepath.Join(w.folder, w.id.String(), "ballots")
	whole, err := os.ReadFile(path)
	w.must(err)
	others, err := os.ReadFile(filepath.Join(other.folder, other.id.String(), "ballots"))
	w.must(err)
	register, err := os.ReadFile(filepath.Join(w.folder, w.id.String(), "register"))
	w.must(err)
	flipped := bytes.Clone(whole)
	flipped[1000] ^= 1
	for name, content := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)-1], "cut by a ballot": whole[:len(whole)-ballotbox.RecordSize],
		"flipped": flipped, "of another box": others, "a register": register,
	} {
		w.must(os.WriteFile(path, content, 0o600))
		if _, err := w.box.Count(); err == nil || domain.KindOf(err) != domain.Internal {
			t.Errorf("%s: error %v, want one that is our fault", name, err)
		}
	}
	w.must(os.WriteFile(path, whole, 0o600))
	w.wantCount(3)

	w.must(os.Rename(filepath.Dir(path), filepath.Join(w.folder, other.id.String())))
	w.reopen(nil)
	if _, err := w.boxes.Box(other.id); err == nil || domain.KindOf(err) != domain.Internal {
		t.Errorf("under another name: error %v, want one that is our fault", err)
	}
}

func TestABoxThatCouldNotWorkIsNotMade(t *testing.T) {
	w := newWorld(t, 0)
	for name, change := range map[string]func(*ballotbox.Plan){
		"nobody":            func(p *ballotbox.Plan) { p.Invited = nil },
		"twice the same":    func(p *ballotbox.Plan) { p.Invited = append(slices.Clone(people), people[3]) },
		"no person":         func(p *ballotbox.Plan) { p.Invited = []domain.PersonID{"a b"} },
		"too many":          func(p *ballotbox.Plan) { p.Invited = make([]domain.PersonID, ballotbox.MaxInvited+1) },
		"no threshold":      func(p *ballotbox.Plan) { p.K = 0 },
		"no round":          func(p *ballotbox.Plan) { p.Round = "" },
		"no opening key":    func(p *ballotbox.Plan) { p.Opening = nil },
		"no way to open it": func(p *ballotbox.Plan) { p.SealedOpening = nil },
	} {
		p := plan(w.opening)
		change(&p)
		if _, err := w.boxes.Create(p); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ids, err := w.boxes.IDs()
	w.must(err)
	if diff := cmp.Diff([]ballot.BoxID{w.id}, ids); diff != "" {
		t.Errorf("boxes (-want +got):\n%s", diff)
	}
}

func TestWhatIsNoBoxIsLeftAlone(t *testing.T) {
	w := newWorld(t, 0)
	for _, name := range []string{"notes.new", "README", "a.destroyed"} {
		w.must(os.WriteFile(filepath.Join(w.folder, name), []byte("mine"), 0o600))
	}
	w.reopen(nil)
	ids, err := w.boxes.IDs()
	w.must(err)
	if diff := cmp.Diff([]ballot.BoxID{w.id}, ids); diff != "" {
		t.Errorf("boxes (-want +got):\n%s", diff)
	}
	if got := len(files(t, w.folder)) - len(files(t, filepath.Join(w.folder, w.id.String()))); got != 3 {
		t.Errorf("%d files are left, want 3", got)
	}
}

func TestWhenTheKeyOfTheIssuersIsDestroyedNobodyGetsACredential(t *testing.T) {
	w := newWorld(t, 0)
	folder := t.TempDir()
	var own keys.Memory
	boxes, err := ballotbox.Open(folder, &own)
	w.must(err)
	box, err := boxes.Create(plan(w.opening))
	w.must(err)
	w.must(own.Destroy(ballotbox.IssuerKey("01JROUND")))
	_, err = box.Issue(people[0], make([]byte, ballot.SignatureSize))
	w.wantErr(err, domain.ErrErased)
	standing, err := box.Standing(people[0])
	w.must(err)
	if standing != ballotbox.TookNothing {
		t.Error("and it cost them theirs")
	}
}

func TestAnswersDoNotPrint(t *testing.T) {
	o := ballotbox.Opened{Answers: [][]byte{[]byte("canary")}}
	for _, got := range []string{fmt.Sprint(o), fmt.Sprintf("%v %+v %#v %s %x", o, o, o, o, o), o.LogValue().String()} {
		if strings.Contains(got, "canary") || strings.Contains(got, fmt.Sprintf("%x", "canary")) || strings.Contains(got, fmt.Sprint([]byte("canary"))) {
			t.Errorf("printed %q", got)
		}
	}
}

func TestManyCastAtOnce(t *testing.T) {
	w := newWorld(t, 0)
	var all sync.WaitGroup
	for _, p := range people {
		all.Go(func() {
			b := w.seal(w.credential(p), string(p))
			for range 2 {
				if err := w.boxes.Cast(b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var want []string
	for _, p := range people {
		want = append(want, string(p))
	}
	w.wantOpened(want...)
}
