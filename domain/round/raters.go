package round

import (
	"slices"

	"koersvast/domain"
)

// A Rater is somebody who is asked, and in what capacity.
type Rater struct {
	Person domain.PersonID   `json:"person"`
	Group  domain.RaterGroup `json:"group"`
}

// ProposeRaters is how the person that a round is about says whom to ask.
// What was proposed before is replaced.
type ProposeRaters struct {
	ID     domain.RoundID
	Raters []Rater
}

func (c ProposeRaters) Stream() domain.Stream { return stream(c.ID) }

func (c ProposeRaters) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.regards(act.By), s.is(StatusPlanned, ErrNotPlanned)); err != nil {
		return nil, err
	}
	if err := domain.All(s.ratersRefused(c.Raters)...); err != nil {
		return nil, err
	}
	return []Event{RatersProposed(c)}, nil
}

// RatersProposed says whom the subject of a round would ask.
type RatersProposed struct {
	ID     domain.RoundID `json:"id"`
	Raters []Rater        `json:"raters"`
}

func (RatersProposed) EventName() string { return "round.raters_proposed" }

func (e RatersProposed) Evolve(s State) State {
	s.raters = e.Raters
	return s
}

// ApproveRaters settles whom to ask: the coach or the programme lead brings
// balance in what the subject proposed. Until the round opens it can be done
// again. The subject is asked always, and need not be in the list.
type ApproveRaters struct {
	ID     domain.RoundID
	Raters []Rater
}

func (c ApproveRaters) Stream() domain.Stream { return stream(c.ID) }

func (c ApproveRaters) Decide(s State, act domain.Act) ([]Event, error) {
	switch {
	case s.status == "":
		return nil, ErrUnknown
	case s.status != StatusPlanned && s.status != StatusApproved:
		return nil, ErrNotPlanned
	case act.By == s.subject:
		return nil, ErrSubjectChose
	}
	refused := s.ratersRefused(c.Raters)
	if err := domain.All(append(refused, s.tooFew(c.Raters))...); err != nil {
		return nil, err
	}
	return []Event{RatersApproved{c.ID, with(c.Raters, Rater{s.subject, domain.Self})}}, nil
}

// ratersRefused refuses a list in which somebody is asked who cannot be.
func (s State) ratersRefused(raters []Rater) (refused []*domain.Error) {
	if len(raters) == 0 {
		return []*domain.Error{ErrNoRaters.On("raters")}
	}
	asked, superiors := map[domain.PersonID]bool{}, 0
	for _, r := range raters {
		switch {
		case !domain.ValidID(string(r.Person)):
			refused = append(refused, domain.ErrBadID.On("raters"))
		case r.Group == domain.Self || r.Person == s.subject:
			refused = append(refused, ErrSubjectRates.On("raters"))
		case !slices.Contains(domain.RaterGroups, r.Group):
			refused = append(refused, ErrRaterGroup.On("raters"))
		case r.Person == s.coach:
			refused = append(refused, ErrCoachRates.On("raters"))
		case asked[r.Person]:
			refused = append(refused, ErrRaterTwice.On("raters"))
		}
		asked[r.Person] = true
		if r.Group == domain.Superior {
			superiors++
		}
	}
	if superiors > 1 {
		refused = append(refused, ErrOneSuperior.On("raters"))
	}
	return refused
}

// tooFew refuses raters of whom a group could never be shown, or of whom only
// those are left who can be recognised.
func (s State) tooFew(raters []Rater) *domain.Error {
	n := map[domain.RaterGroup]int{}
	for _, r := range raters {
		n[r.Group]++
	}
	safe := false
	for _, g := range []domain.RaterGroup{domain.Peers, domain.Leaders, domain.Staff} {
		if n[g] > 0 && n[g] < s.thresholds.Of(g) {
			return ErrTooFewRaters.On("raters")
		}
		safe = safe || n[g] > 0
	}
	if !safe {
		return ErrTooFewRaters.On("raters")
	}
	return nil
}

// RatersApproved says who is asked, the subject included.
type RatersApproved struct {
	ID     domain.RoundID `json:"id"`
	Raters []Rater        `json:"raters"`
}

func (RatersApproved) EventName() string { return "round.raters_approved" }

func (e RatersApproved) Evolve(s State) State {
	s.status, s.raters = StatusApproved, e.Raters
	return s
}

// DeclineToRate says that somebody who is asked will not answer. No reason is
// asked for, and none is kept.
type DeclineToRate struct {
	ID domain.RoundID
}

func (c DeclineToRate) Stream() domain.Stream { return stream(c.ID) }

func (c DeclineToRate) Decide(s State, act domain.Act) ([]Event, error) {
	switch {
	case s.status == "":
		return nil, ErrUnknown
	case act.By == s.subject || !slices.ContainsFunc(s.raters, func(r Rater) bool { return r.Person == act.By }):
		return nil, ErrNoRater
	case s.status != StatusApproved && s.status != StatusOpen:
		return nil, ErrDone
	case slices.Contains(s.declined, act.By):
		return nil, nil
	}
	return []Event{RatingDeclined{c.ID, act.By}}, nil
}

// RatingDeclined says that somebody does not answer. Once a round is open it
// only keeps reminders away from them: who was asked stands fast.
type RatingDeclined struct {
	ID     domain.RoundID  `json:"id"`
	Person domain.PersonID `json:"person"`
}

func (RatingDeclined) EventName() string { return "round.rating_declined" }

func (e RatingDeclined) Evolve(s State) State {
	s.declined = with(s.declined, e.Person)
	return s
}

// standing returns the raters who have not declined.
func (s State) standing() []Rater {
	return slices.DeleteFunc(slices.Clone(s.raters), func(r Rater) bool { return slices.Contains(s.declined, r.Person) })
}
