package round

import "koersvast/domain"

// Close ends a round: no answer is taken any more. The coach does it, who is
// not the one who opened it.
type Close struct {
	ID domain.RoundID
}

func (c Close) Stream() domain.Stream { return stream(c.ID) }

func (c Close) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.coached(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.status == StatusClosed:
		return nil, nil
	case s.status == StatusReleased || s.status == StatusNothing || s.status == StatusCancelled:
		return nil, ErrDone
	case s.status != StatusOpen:
		return nil, ErrNotOpen
	case act.Today() < s.closes:
		return nil, ErrTooEarly
	}
	return []Event{Closed{c.ID, act.Today()}}, nil
}

// Closed says that no answer is taken any more.
type Closed struct {
	ID domain.RoundID `json:"id"`
	On domain.Day     `json:"on"`
}

func (Closed) EventName() string { return "round.closed" }

func (e Closed) Evolve(s State) State {
	s.status, s.closed = StatusClosed, e.On
	return s
}

// Release makes known what the answers of a closed round add up to. It is
// done once; the boxes are destroyed then. An Outcome that shows nobody's
// answers, because there were too few, says no more than that.
type Release struct {
	ID domain.RoundID
	Outcome
}

// An Outcome is what came out of the boxes of a round, after everything that
// could be traced to one person was left out. See [Count].
type Outcome struct {
	Report   Report
	Comments []Comment
	Exact    Exact

	// Receipts are those of the ballots that were counted, in the order of the
	// alphabet.
	Receipts []Receipt
}

// A Receipt names one ballot. Only the device on which it was filled in knows
// it, and can so find out that it was counted.
type Receipt string

func (c Release) Stream() domain.Stream { return stream(c.ID) }

func (c Release) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.coached(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.status == StatusReleased || s.status == StatusNothing || s.status == StatusCancelled:
		return nil, ErrDone
	case s.status != StatusClosed:
		return nil, ErrNotClosed
	case c.Report.hidesNobody():
		return []Event{NothingReleased{c.ID, act.Today()}}, nil
	}
	aboutKey := domain.KeyOf(s.subject, domain.Opinions)
	report, err := under(aboutKey, c.Report)
	if err != nil {
		return nil, err
	}
	forSubject, forCoach := split(c.Comments)
	open, err := under(aboutKey, forSubject)
	if err != nil {
		return nil, err
	}
	coached, err := under(coachKey(c.ID), forCoach)
	if err != nil {
		return nil, err
	}
	exact, err := under(statisticsKey(c.ID), c.Exact)
	if err != nil {
		return nil, err
	}
	return []Event{Released{
		ID: c.ID, On: act.Today(), Report: report, Comments: open, ForCoach: coached, Exact: exact, Receipts: c.Receipts,
	}}, nil
}

// The keys of a round: of what its coach alone reads, and of the exact figures
// that the next round is compared with.
func coachKey(id domain.RoundID) domain.KeyID { return domain.KeyID("round/" + string(id) + "/coach") }

func statisticsKey(id domain.RoundID) domain.KeyID {
	return domain.KeyID("round/" + string(id) + "/statistics")
}

// Released is what a round brought, once and for all.
type Released struct {
	ID domain.RoundID `json:"id"`
	On domain.Day     `json:"on"`

	Report   domain.Private `json:"report,omitzero"`    // a [Report] as JSON, rounded and safe to show to who may see it
	Comments domain.Private `json:"comments,omitzero"`  // a list of [Comment] as JSON, word for word
	ForCoach domain.Private `json:"for_coach,omitzero"` // the same, of those meant for the coach
	Exact    domain.Private `json:"exact,omitzero"`     // an [Exact] as JSON, for nobody to read: the next round is compared with it
	Receipts []Receipt      `json:"receipts"`
}

func (Released) EventName() string { return "round.released" }

func (e Released) Evolve(s State) State {
	s.status = StatusReleased
	for _, p := range []domain.Private{e.Comments, e.ForCoach} {
		comments, _ := read[[]Comment](p)
		for _, c := range comments {
			s.comments = with(s.comments, c.ID)
		}
	}
	return s
}

func (e *Released) Private() []*domain.Private {
	return []*domain.Private{&e.Report, &e.Comments, &e.ForCoach, &e.Exact}
}

// ReadReport returns the report, or false when it was erased.
func (e Released) ReadReport() (Report, bool) { return read[Report](e.Report) }

// ReadComments returns what may be read word for word.
func (e Released) ReadComments() ([]Comment, bool) { return read[[]Comment](e.Comments) }

// ReadForCoach returns the comments that the coach alone reads.
func (e Released) ReadForCoach() ([]Comment, bool) { return read[[]Comment](e.ForCoach) }

// ReadExact returns what the next round is compared with.
func (e Released) ReadExact() (Exact, bool) { return read[Exact](e.Exact) }

// NothingReleased says that there were too few answers, and that they were
// destroyed unread.
type NothingReleased struct {
	ID domain.RoundID `json:"id"`
	On domain.Day     `json:"on"`
}

func (NothingReleased) EventName() string { return "round.nothing_released" }

func (NothingReleased) Evolve(s State) State {
	s.status = StatusNothing
	return s
}
