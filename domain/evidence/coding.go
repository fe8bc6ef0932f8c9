package evidence

import (
	"slices"

	"koersvast/domain"
)

// A Direction is whether a fragment tells what is said or what is done.
type Direction string

const (
	Says Direction = "says"
	Does Direction = "does"
)

// Directions lists both.
var Directions = []Direction{Says, Does}

func (d Direction) refused(field string) *domain.Error {
	if d != "" && !slices.Contains(Directions, d) {
		return ErrDirection.On(field)
	}
	return nil
}

// A Stance is how what is told fits what it is about: "-2" is a clear
// counter-example, "-1" sits uneasily with it, "0" is mixed or unclear, "1"
// fits, "2" is a clear example.
type Stance string

// Stances lists every stance, from against to for.
var Stances = []Stance{"-2", "-1", "0", "1", "2"}

// Value is the stance as a number, -2 to 2.
func (s Stance) Value() int { return slices.Index(Stances, s) - 2 }

// Score is the stance as a score, 0–100.
func (s Stance) Score() float64 { return 50 + 25*float64(s.Value()) }

// A Link is how sure it is that a fragment is about its target.
type Link string

const (
	Certain  Link = "certain"
	Probable Link = "probable"
	Weak     Link = "weak" // kept, and never scored
)

// Links lists every link, the surest first.
var Links = []Link{Certain, Probable, Weak}

// A Coding is what somebody makes of a fragment. It can be said bit by bit: the
// zero Coding says nothing.
type Coding struct {
	Promise   domain.PromiseID   `json:"promise,omitempty"` // what it is about: one of these three
	Behaviour domain.BehaviourID `json:"behaviour,omitempty"`
	Pillar    domain.PillarID    `json:"pillar,omitempty"`
	Direction Direction          `json:"direction,omitempty"`
	Stance    Stance             `json:"stance,omitempty"`
	Link      Link               `json:"link,omitempty"`
	Day       domain.Day         `json:"day,omitempty"`  // of the event that it describes
	With      domain.SourceID    `json:"with,omitempty"` // the source that it counts as one with, if that is another one
}

// Complete reports whether a coding says all that has to be said.
func (c Coding) Complete() bool {
	return (c.Promise != "" || c.Behaviour != "" || c.Pillar != "") &&
		c.Direction != "" && c.Stance != "" && c.Link != "" && c.Day != ""
}

// Scored reports whether a coding says how something is noticed: what is only
// said, or hangs by a thread, does not.
func (c Coding) Scored() bool { return c.Complete() && c.Direction == Does && c.Link != Weak }

func (c Coding) refused(today domain.Day) error {
	var target, stance, link, day *domain.Error
	about := 0
	for _, id := range []string{string(c.Promise), string(c.Behaviour), string(c.Pillar)} {
		if id != "" {
			about++
		}
	}
	if about > 1 {
		target = ErrTarget.On("target")
	}
	if c.Stance != "" && !slices.Contains(Stances, c.Stance) {
		stance = ErrStance.On("stance")
	}
	if c.Link != "" && !slices.Contains(Links, c.Link) {
		link = ErrLink.On("link")
	}
	if c.Day != "" {
		day = past("day", c.Day, today)
	}
	return domain.All(target, c.Direction.refused("direction"), stance, link, day)
}

// Code says what to make of a fragment: all of it, also what was said before.
type Code struct {
	ID       domain.SourceID
	Fragment domain.FragmentID
	Coding
}

func (c Code) Stream() domain.Stream { return stream(c.ID) }

func (c Code) Decide(s State, act domain.Act) ([]Event, error) {
	f, refused := s.fragment(c.Fragment)
	if refused != nil {
		return nil, refused
	}
	if c.With == c.ID {
		c.With = ""
	}
	if err := c.refused(act.Today()); err != nil {
		return nil, err
	}
	coder, second := f.first, false
	if f.first.by != "" && f.first.by != act.By {
		coder, second = f.second, true
	}
	switch {
	case coder.by != "" && coder.by != act.By:
		return nil, ErrTwoCoders
	case second && s.compared:
		return nil, ErrCompared
	case c.Coding == coder.standing():
		return nil, nil
	}
	return []Event{Coded{c.ID, c.Fragment, act.By, second, c.Coding}}, nil
}

// Coded is what somebody makes of a fragment from now on.
type Coded struct {
	ID       domain.SourceID   `json:"id"`
	Fragment domain.FragmentID `json:"fragment"`
	By       domain.PersonID   `json:"by"`
	Second   bool              `json:"second,omitempty"` // by the second coder
	Coding
}

func (Coded) EventName() string { return "evidence.coded" }

func (e Coded) Evolve(s State) State {
	return s.after(e.Fragment, e.Second, func(c coder) coder {
		return coder{e.By, append(slices.Clip(c.codes), e.Coding)}
	})
}

// after returns s with what one of the two coders of a fragment says now.
func (s State) after(id domain.FragmentID, second bool, says func(coder) coder) State {
	f := s.fragments[id]
	if second {
		f.second = says(f.second)
	} else {
		f.first = says(f.first)
	}
	s.fragments = set(s.fragments, id, f)
	return s
}

// UndoCoding takes back the last thing that one said of a fragment: what was
// said before it stands again.
type UndoCoding struct {
	ID       domain.SourceID
	Fragment domain.FragmentID
}

func (c UndoCoding) Stream() domain.Stream { return stream(c.ID) }

func (c UndoCoding) Decide(s State, act domain.Act) ([]Event, error) {
	f, refused := s.fragment(c.Fragment)
	if refused != nil {
		return nil, refused
	}
	coder, second := f.first, false
	if f.second.by == act.By {
		coder, second = f.second, true
	}
	switch {
	case coder.by != act.By, len(coder.codes) == 0:
		return nil, ErrNothing
	case second && s.compared:
		return nil, ErrCompared
	}
	var before Coding
	if n := len(coder.codes); n > 1 {
		before = coder.codes[n-2]
	}
	return []Event{CodingUndone{c.ID, c.Fragment, act.By, second, before}}, nil
}

// CodingUndone says that a coding was taken back, and what stands again.
type CodingUndone struct {
	ID       domain.SourceID   `json:"id"`
	Fragment domain.FragmentID `json:"fragment"`
	By       domain.PersonID   `json:"by"`
	Second   bool              `json:"second,omitempty"`
	Coding
}

func (CodingUndone) EventName() string { return "evidence.coding_undone" }

func (e CodingUndone) Evolve(s State) State {
	return s.after(e.Fragment, e.Second, func(c coder) coder {
		if c.codes = c.codes[:len(c.codes)-1]; len(c.codes) == 0 && (e.Second || s.fragments[e.Fragment].second.by == "") {
			return coder{} // somebody else may have this place
		}
		return c
	})
}

// CompareCodings ends coding for the second time: from here on both coders see
// what the other said.
type CompareCodings struct {
	ID domain.SourceID
}

func (c CompareCodings) Stream() domain.Stream { return stream(c.ID) }

func (c CompareCodings) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.usable()); err != nil || s.compared {
		return nil, err
	}
	for _, f := range s.fragments {
		if f.second.by == act.By && f.second.standing().Complete() && !f.dropped {
			return []Event{CodingsCompared{c.ID, act.By}}, nil
		}
	}
	return nil, ErrNotSecond
}

// CodingsCompared says that the codings of a source were laid side by side. Up
// to here they were made independently.
type CodingsCompared struct {
	ID domain.SourceID `json:"id"`
	By domain.PersonID `json:"by"`
}

func (CodingsCompared) EventName() string { return "evidence.codings_compared" }

func (CodingsCompared) Evolve(s State) State {
	s.compared = true
	return s
}
