package ballotbox_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/eventstore/ballotbox"
	"koersvast/eventstore/ballotbox/ballot"
)

// A walk does whatever people may ask of a box, in any order, and knows what
// should come of it.
type walk struct {
	*world
	asked    map[domain.PersonID][]*ballot.Request // made before, since they take long
	standing map[domain.PersonID]ballotbox.Standing
	first    map[domain.PersonID]int // the request that was signed
	held     []ballot.Credential
	codes    []string
	used     map[string]bool
	last     map[ballot.Nullifier]ballot.Ballot // as it was sent
	answers  map[ballot.Nullifier]string
	closed   bool
}

func TestWhateverIsAskedABoxKeepsItsPromises(t *testing.T) {
	asked := map[domain.PersonID][]*ballot.Request{}
	for _, p := range people {
		w := newWorld(t, 0)
		asked[p] = []*ballot.Request{w.ask(), w.ask()}
	}
	rapid.Check(t, func(r *rapid.T) {
		w := &walk{
			world: newWorld(t, 0), asked: asked,
			standing: map[domain.PersonID]ballotbox.Standing{}, first: map[domain.PersonID]int{},
			used: map[string]bool{}, last: map[ballot.Nullifier]ballot.Ballot{}, answers: map[ballot.Nullifier]string{},
		}
		w.tb = r
		r.Repeat(map[string]func(*rapid.T){
			"issue":         w.issue,
			"take envelope": w.takeEnvelope,
			"envelopes":     w.envelopes,
			"cast":          w.castOnce,
			"cast again":    w.castAgain,
			"replace":       w.replace,
			"cast a code":   w.castCode,
			"restart":       func(*rapid.T) { w.reopen(nil) },
			"close": func(r *rapid.T) {
				if rapid.IntRange(0, 9).Draw(r, "really") == 0 { // or there would be little to see
					w.must(w.box.Close())
					w.closed = true
				}
			},
			"": w.check,
		})
		w.end()
	})
}

func (w *walk) person(r *rapid.T) domain.PersonID { return rapid.SampledFrom(people).Draw(r, "person") }

// wants says which refusal there should be: closed goes before any other.
func (w *walk) wants(err, want error) (done bool) {
	w.Helper()
	if w.closed {
		want = ballotbox.ErrClosed
	}
	if !errors.Is(err, want) {
		w.Fatal(fmt.Sprintf("error %v, want %v", err, want))
	}
	return err == nil
}

func (w *walk) issue(r *rapid.T) {
	p, which := w.person(r), rapid.IntRange(0, 1).Draw(r, "request")
	signed, err := w.box.Issue(p, w.asked[p][which].Blinded)
	var want error
	switch {
	case w.standing[p] == ballotbox.TakesEnvelope:
		want = ballotbox.ErrTakesEnvelope
	case w.standing[p] == ballotbox.HasCredential && w.first[p] != which:
		want = ballotbox.ErrIssued
	}
	if !w.wants(err, want) {
		return
	}
	c, err := w.asked[p][which].Credential(signed)
	w.must(err)
	if w.standing[p] == ballotbox.TookNothing {
		w.held = append(w.held, c)
	}
	w.standing[p], w.first[p] = ballotbox.HasCredential, which
}

func (w *walk) takeEnvelope(r *rapid.T) {
	p := w.person(r)
	var want error
	if w.standing[p] == ballotbox.HasCredential {
		want = ballotbox.ErrIssued
	}
	if w.wants(w.box.TakeEnvelope(p), want) {
		w.standing[p] = ballotbox.TakesEnvelope
	}
}

func (w *walk) took(s ballotbox.Standing) (n int) {
	for _, is := range w.standing {
		if is == s {
			n++
		}
	}
	return n
}

func (w *walk) envelopes(r *rapid.T) {
	n := rapid.IntRange(1, 3).Draw(r, "envelopes")
	codes, err := w.box.Envelopes(n)
	var want error
	if len(w.codes)+n > w.took(ballotbox.TakesEnvelope) {
		want = ballotbox.ErrTooManyEnvelopes
	}
	if w.wants(err, want) {
		w.codes = append(w.codes, codes...)
	}
}

func (w *walk) credentialOf(r *rapid.T, cast bool) ballot.Credential {
	var some []ballot.Credential
	for _, c := range w.held {
		if _, was := w.last[c.Nullifier()]; was || !cast {
			some = append(some, c)
		}
	}
	if len(some) == 0 {
		r.Skip("nobody can")
	}
	return rapid.SampledFrom(some).Draw(r, "credential")
}

var answer = rapid.StringN(1, 20, 60)

func (w *walk) castOnce(r *rapid.T) {
	c := w.credentialOf(r, false)
	text := answer.Draw(r, "answer")
	b := w.seal(c, text)
	var want error
	if _, was := w.last[c.Nullifier()]; was {
		want = ballotbox.ErrSpent
	}
	if w.wants(w.boxes.Cast(b), want) {
		w.last[c.Nullifier()], w.answers[c.Nullifier()] = b, text
	}
}

func (w *walk) castAgain(r *rapid.T) {
	c := w.credentialOf(r, true)
	w.wants(w.boxes.Cast(w.last[c.Nullifier()]), nil)
}

func (w *walk) replace(r *rapid.T) {
	c := w.credentialOf(r, false)
	text := rapid.OneOf(answer, rapid.Just("")).Draw(r, "answer")
	b := w.seal(c, text)
	b.Replace = true
	if w.wants(w.boxes.Cast(b), nil) {
		w.last[c.Nullifier()], w.answers[c.Nullifier()] = b, text
	}
}

func (w *walk) castCode(r *rapid.T) {
	if len(w.codes) == 0 {
		r.Skip("there are no envelopes")
	}
	code, text := rapid.SampledFrom(w.codes).Draw(r, "code"), answer.Draw(r, "answer")
	n, err := w.box.CastCode(code, []byte(text))
	var want error
	if w.used[code] {
		want = ballotbox.ErrSpent
	}
	if w.wants(err, want) {
		w.used[code], w.answers[n] = true, text
	}
}

// check holds after every step.
func (w *walk) check(*rapid.T) {
	w.wantCount(len(w.answers))
	if most := w.took(ballotbox.HasCredential) + w.took(ballotbox.TakesEnvelope); len(w.answers) > most {
		w.Errorf("%d ballots of %d people", len(w.answers), most)
	}
	var took []domain.PersonID
	for _, p := range people {
		w.wantStanding(p, w.standing[p])
		if w.standing[p] != ballotbox.TookNothing {
			took = append(took, p)
		}
	}
	got, err := w.box.Took(people)
	w.must(err)
	if !slices.Equal(got, took) {
		w.Errorf("took something: %v, want %v", got, took)
	}
	_, err = w.box.Open(w.opening)
	switch {
	case !w.closed:
		w.wantErr(err, ballotbox.ErrNotClosed)
	case len(w.counted()) < threshold:
		w.wantErr(err, ballotbox.ErrTooFew)
	default:
		w.must(err)
	}
	w.wantTidy()
}

func (w *walk) counted() (texts []string) {
	for _, text := range w.answers {
		if text != "" {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	return texts
}

// end closes the box: all that counts comes out, once, as often as it is
// opened.
func (w *walk) end() {
	w.must(w.box.Close())
	w.closed = true
	w.check(nil)
	if len(w.counted()) < threshold {
		return
	}
	first, err := w.box.Open(w.opening)
	w.must(err)
	w.reopen(nil)
	second, err := w.box.Open(w.opening)
	w.must(err)
	if diff := cmp.Diff(w.counted(), texts(first)); diff != "" {
		w.Errorf("answers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(texts(first), texts(second)); diff != "" {
		w.Errorf("opened again (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(first.Counted, second.Counted); diff != "" {
		w.Errorf("counted again (-first +second):\n%s", diff)
	}
	for _, n := range first.Counted {
		if w.answers[n] == "" {
			w.Errorf("%v was counted, and withdrawn", n)
		}
	}
}
