package round

import (
	"slices"

	"koersvast/domain"
)

// ReadFirst says that the coach has read the report of a 360 round.
type ReadFirst struct {
	ID domain.RoundID
}

func (c ReadFirst) Stream() domain.Stream { return stream(c.ID) }

func (c ReadFirst) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.coached(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(s.feedback()); err != nil || s.read {
		return nil, err
	}
	return []Event{ReadByCoach(c)}, nil
}

// feedback refuses everything but 360 feedback with a result.
func (s State) feedback() *domain.Error {
	if s.kind == domain.Check {
		return ErrNoFeedback
	}
	return s.is(StatusReleased, ErrNotReleased)
}

// ReadByCoach says that the coach has read the report.
type ReadByCoach struct {
	ID domain.RoundID `json:"id"`
}

func (ReadByCoach) EventName() string { return "round.read_by_coach" }

func (ReadByCoach) Evolve(s State) State {
	s.read = true
	return s
}

// Mask keeps a comment from the report, because it names or gives away
// somebody. It is done before the report is handed over, and says why.
type Mask struct {
	ID      domain.RoundID
	Comment CommentID
	Why     string
}

func (c Mask) Stream() domain.Stream { return stream(c.ID) }

func (c Mask) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.preparing(act.By)); err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(s.comments, c.Comment):
		return nil, ErrNoComment.On("comment")
	case slices.Contains(s.masked, c.Comment):
		return nil, nil
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{CommentMasked{c.ID, c.Comment, domain.Say(coachKey(c.ID), c.Why)}}, nil
}

// preparing refuses what is not the coach's preparation of a report.
func (s State) preparing(by domain.PersonID) *domain.Error {
	if refused := s.coached(by); refused != nil {
		return refused
	}
	if refused := s.is(StatusReleased, ErrNotReleased); refused != nil {
		return refused
	}
	if s.debriefed {
		return ErrSettled
	}
	return nil
}

// CommentMasked says that a comment is kept from the report, and why.
type CommentMasked struct {
	ID      domain.RoundID `json:"id"`
	Comment CommentID      `json:"comment"`
	Why     domain.Private `json:"why,omitzero"`
}

func (CommentMasked) EventName() string { return "round.comment_masked" }

func (e CommentMasked) Evolve(s State) State {
	s.masked = with(s.masked, e.Comment)
	return s
}

func (e *CommentMasked) Private() []*domain.Private { return []*domain.Private{&e.Why} }

// Paraphrase says in the coach's words what raters wrote to a question, for
// those who did not want their own words shown. What the coach said before is
// replaced in the report, and stays in the log.
type Paraphrase struct {
	ID       domain.RoundID
	Question domain.QuestionID
	Text     string
}

func (c Paraphrase) Stream() domain.Stream { return stream(c.ID) }

func (c Paraphrase) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.preparing(act.By)); err != nil {
		return nil, err
	}
	var unknown *domain.Error
	if !slices.ContainsFunc(s.questions, func(q Question) bool { return q.ID == c.Question }) {
		unknown = ErrQuestion.On("question")
	}
	if err := domain.All(unknown, domain.Needed("text", c.Text, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Paraphrased{c.ID, c.Question, about(s.subject, c.Text)}}, nil
}

// Paraphrased is what raters wrote to a question, in the coach's words.
type Paraphrased struct {
	ID       domain.RoundID    `json:"id"`
	Question domain.QuestionID `json:"question"`
	Text     domain.Private    `json:"text,omitzero"`
}

func (Paraphrased) EventName() string { return "round.paraphrased" }

func (Paraphrased) Evolve(s State) State { return s }

func (e *Paraphrased) Private() []*domain.Private { return []*domain.Private{&e.Text} }

// HoldDebrief says that coach and subject have talked about the report. From
// then on the subject can read it.
type HoldDebrief struct {
	ID domain.RoundID
	On domain.Day // none means today
}

func (c HoldDebrief) Stream() domain.Stream { return stream(c.ID) }

func (c HoldDebrief) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.coached(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(s.feedback()); err != nil || s.debriefed {
		return nil, err
	}
	if !s.read {
		return nil, ErrNotRead
	}
	on, refused := past("on", c.On, act.Today())
	if err := domain.All(refused); err != nil {
		return nil, err
	}
	return []Event{DebriefHeld{c.ID, on}}, nil
}

// DebriefHeld says that a report was talked about, and can be read.
type DebriefHeld struct {
	ID domain.RoundID `json:"id"`
	On domain.Day     `json:"on"`
}

func (DebriefHeld) EventName() string { return "round.debrief_held" }

func (DebriefHeld) Evolve(s State) State {
	s.debriefed = true
	return s
}

// WaiveDebrief says that the subject wants to read the report without talking
// about it first. The coach has read it by then.
type WaiveDebrief struct {
	ID domain.RoundID
}

func (c WaiveDebrief) Stream() domain.Stream { return stream(c.ID) }

func (c WaiveDebrief) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.regards(act.By)); err != nil {
		return nil, err
	}
	if err := domain.All(s.feedback()); err != nil || s.debriefed {
		return nil, err
	}
	if !s.read {
		return nil, ErrNotRead
	}
	return []Event{DebriefWaived(c)}, nil
}

// DebriefWaived says that a report can be read without a talk.
type DebriefWaived struct {
	ID domain.RoundID `json:"id"`
}

func (DebriefWaived) EventName() string { return "round.debrief_waived" }

func (DebriefWaived) Evolve(s State) State {
	s.debriefed = true
	return s
}

// An Audience is who sees the result of a check besides promiser and coach.
type Audience string

const (
	Nobody   Audience = ""
	WithMT   Audience = "mt"
	Everyone Audience = "everyone"
)

// Share is how somebody lets others see how a check of their promise came
// out, or keeps it to themselves again.
type Share struct {
	ID   domain.RoundID
	With Audience
}

func (c Share) Stream() domain.Stream { return stream(c.ID) }

func (c Share) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.regards(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.kind != domain.Check:
		return nil, ErrNoCheck
	case s.status != StatusReleased:
		return nil, ErrNotReleased
	case !slices.Contains([]Audience{Nobody, WithMT, Everyone}, c.With):
		return nil, ErrAudience.On("with")
	case c.With == s.shared:
		return nil, nil
	}
	return []Event{ResultShared(c)}, nil
}

// ResultShared says who sees the result of a check from now on.
type ResultShared struct {
	ID   domain.RoundID `json:"id"`
	With Audience       `json:"with,omitempty"`
}

func (ResultShared) EventName() string { return "round.result_shared" }

func (e ResultShared) Evolve(s State) State {
	s.shared = e.With
	return s
}

// ThankRaters is a letter to everyone who was asked: what I heard, and what I
// will do with it.
type ThankRaters struct {
	ID     domain.RoundID
	Letter string
}

func (c ThankRaters) Stream() domain.Stream { return stream(c.ID) }

func (c ThankRaters) Decide(s State, act domain.Act) ([]Event, error) {
	if err := domain.All(s.regards(act.By)); err != nil {
		return nil, err
	}
	switch {
	case s.status != StatusReleased:
		return nil, ErrNotReleased
	case s.kind == domain.Feedback && !s.debriefed:
		return nil, ErrNotDebriefed
	case s.thanked:
		return nil, ErrThanked
	}
	if err := domain.All(domain.Needed("letter", c.Letter, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{RatersThanked{c.ID, about(s.subject, c.Letter)}}, nil
}

// RatersThanked is what the subject of a round wrote to those who were asked.
type RatersThanked struct {
	ID     domain.RoundID `json:"id"`
	Letter domain.Private `json:"letter,omitzero"`
}

func (RatersThanked) EventName() string { return "round.raters_thanked" }

func (RatersThanked) Evolve(s State) State {
	s.thanked = true
	return s
}

func (e *RatersThanked) Private() []*domain.Private { return []*domain.Private{&e.Letter} }
