package evidence

import (
	"strings"
	"unicode"

	"koersvast/domain"
)

// How large a fragment is at most.
const (
	Sentences      = 3
	FragmentLength = 800
)

// AddFragment takes a few sentences out of a source.
type AddFragment struct {
	ID       domain.SourceID
	Fragment domain.FragmentID
	Text     string
	Place    string // in the source, such as a page or a minute
}

func (c AddFragment) Stream() domain.Stream { return stream(c.ID) }

func (c AddFragment) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.usable()); err != nil {
		return nil, err
	}
	if _, taken := s.fragments[c.Fragment]; taken {
		return nil, ErrFragment
	}
	if s.status == StatusCoded {
		return nil, ErrFinished
	}
	text := domain.Needed("text", c.Text, FragmentLength)
	if text == nil && sentences(c.Text) > Sentences {
		text = ErrSentences.On("text")
	}
	if err := domain.All(domain.Identifies("fragment", c.Fragment), text, domain.Optional("place", c.Place, domain.NameLength)); err != nil {
		return nil, err
	}
	return []Event{FragmentAdded{c.ID, c.Fragment, act.By, of(act, c.ID, c.Text), of(act, c.ID, c.Place)}}, nil
}

// sentences counts the sentences of a text. One ends where the next begins with
// a capital, so that most abbreviations end none.
func sentences(text string) int {
	n, ended, apart := 1, false, false
	for _, r := range text {
		switch {
		case strings.ContainsRune(".!?…", r):
			ended, apart = true, false
		case ended && unicode.IsSpace(r):
			apart = true
		case ended && strings.ContainsRune(`"'“”‘’«»()`, r):
		case ended && apart && unicode.IsUpper(r):
			n, ended = n+1, false
		default:
			ended = false
		}
	}
	return n
}

// FragmentAdded is a part of a source, in its own words.
type FragmentAdded struct {
	ID       domain.SourceID   `json:"id"`
	Fragment domain.FragmentID `json:"fragment"`
	By       domain.PersonID   `json:"by"`
	Text     domain.Private    `json:"text,omitzero"`
	Place    domain.Private    `json:"place,omitzero"`
}

func (FragmentAdded) EventName() string { return "evidence.fragment_added" }

func (e FragmentAdded) Evolve(s State) State {
	s.fragments = set(s.fragments, e.Fragment, fragment{})
	return s
}

func (e *FragmentAdded) Private() []*domain.Private { return []*domain.Private{&e.Text, &e.Place} }

// DropFragment takes a fragment out again, and says why.
type DropFragment struct {
	ID       domain.SourceID
	Fragment domain.FragmentID
	Why      string
}

func (c DropFragment) Stream() domain.Stream { return stream(c.ID) }

func (c DropFragment) Decide(s State, act domain.Act) ([]Event, error) {
	switch _, refused := s.fragment(c.Fragment); {
	case refused == ErrDropped:
		return nil, nil
	case refused != nil:
		return nil, refused
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{FragmentDropped{c.ID, c.Fragment, of(act, c.ID, c.Why)}}, nil
}

// FragmentDropped says that a fragment no longer counts, and why.
type FragmentDropped struct {
	ID       domain.SourceID   `json:"id"`
	Fragment domain.FragmentID `json:"fragment"`
	Why      domain.Private    `json:"why,omitzero"`
}

func (FragmentDropped) EventName() string { return "evidence.fragment_dropped" }

func (e FragmentDropped) Evolve(s State) State {
	f := s.fragments[e.Fragment]
	f.dropped = true
	s.fragments = set(s.fragments, e.Fragment, f)
	return s
}

func (e *FragmentDropped) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// Contest puts the promiser's own reading (tegenlezing) beside a fragment about
// their promise. Other words take the place of what they wrote before.
type Contest struct {
	ID       domain.SourceID
	Fragment domain.FragmentID
	Text     string
}

func (c Contest) Stream() domain.Stream { return stream(c.ID) }

func (c Contest) Decide(s State, act domain.Act) ([]Event, error) {
	f, refused := s.fragment(c.Fragment)
	if refused != nil {
		return nil, refused
	}
	if about := f.first.standing(); !about.Complete() || about.Promise == "" {
		return nil, ErrNoPromise
	}
	if err := domain.All(domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	text := domain.Say(domain.KeyOf(act.By, domain.Promises), c.Text)
	if text.Equal(f.contest) {
		return nil, nil
	}
	return []Event{FragmentContested{c.ID, c.Fragment, act.By, text}}, nil
}

// FragmentContested is how somebody reads a fragment about their own promise.
type FragmentContested struct {
	ID       domain.SourceID   `json:"id"`
	Fragment domain.FragmentID `json:"fragment"`
	By       domain.PersonID   `json:"by"`
	Text     domain.Private    `json:"text,omitzero"`
}

func (FragmentContested) EventName() string { return "evidence.fragment_contested" }

func (e FragmentContested) Evolve(s State) State {
	f := s.fragments[e.Fragment]
	f.contest = e.Text
	s.fragments = set(s.fragments, e.Fragment, f)
	return s
}

func (e *FragmentContested) Private() []*domain.Private { return []*domain.Private{&e.Text} }
