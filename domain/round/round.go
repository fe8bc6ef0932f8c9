// Package round is about asking people: a promise check (do you notice it?)
// or 360 feedback. Both are one kind of round, with one life.
//
//	Plan → Planned
//	ProposeRaters → RatersProposed     ApproveRaters → RatersApproved
//	DeclineToRate → RatingDeclined
//	Open → Opened                      Extend → Extended
//	Remind → RemindersSent             Cancel → Cancelled
//	Close → Closed                     Release → Released, NothingReleased
//	ReadFirst → ReadByCoach            Mask → CommentMasked
//	Paraphrase → Paraphrased
//	HoldDebrief → DebriefHeld          WaiveDebrief → DebriefWaived
//	Share → ResultShared               ThankRaters → RatersThanked
//
// A round is about one person, its subject, and for their development only.
// What is asked, who is asked and from how many answers on something is shown
// stand fast from the moment it opens. Answers are no facts: they are in the
// ballot box, sealed for the coach, until the round is closed. Then one fact
// is released, of which nothing can be traced to one person, and the box is
// destroyed.
package round

import (
	"slices"

	"koersvast/domain"
)

// A Purpose is what a round is for. There is one.
type Purpose string

// Development is the only purpose: nothing of a round is for judging, paying or
// dismissing anybody.
const Development Purpose = "development"

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[Planned](),
	domain.TypeOf[RatersProposed](),
	domain.TypeOf[RatersApproved](),
	domain.TypeOf[RatingDeclined](),
	domain.TypeOf[Opened](),
	domain.TypeOf[Extended](),
	domain.TypeOf[RemindersSent](),
	domain.TypeOf[Cancelled](),
	domain.TypeOf[Closed](),
	domain.TypeOf[Released](),
	domain.TypeOf[NothingReleased](),
	domain.TypeOf[ReadByCoach](),
	domain.TypeOf[CommentMasked](),
	domain.TypeOf[Paraphrased](),
	domain.TypeOf[DebriefHeld](),
	domain.TypeOf[DebriefWaived](),
	domain.TypeOf[ResultShared](),
	domain.TypeOf[RatersThanked](),
}

// Event is a fact about a round.
type Event = domain.EventOf[State]

// A Status is where a round stands.
type Status string

const (
	StatusPlanned   Status = "planned"  // raters are being chosen
	StatusApproved  Status = "approved" // and have been: it can open
	StatusOpen      Status = "open"
	StatusClosed    Status = "closed"    // no answer is taken any more, and the box is shut
	StatusReleased  Status = "released"  // there is a result
	StatusNothing   Status = "nothing"   // there were too few answers
	StatusCancelled Status = "cancelled" // before there was a result
)

// State is what the facts about one round add up to. The zero State is a
// round that nobody has planned.
type State struct {
	status     Status
	kind       domain.RoundKind
	subject    domain.PersonID
	coach      domain.PersonID
	closes     domain.Day
	questions  []Question
	thresholds domain.Thresholds
	raters     []Rater
	declined   []domain.PersonID
	extended   bool
	reminders  int
	closed     domain.Day
	comments   []CommentID // that were released, to whoever may see them
	masked     []CommentID
	read       bool
	debriefed  bool // or waived
	shared     Audience
	thanked    bool
}

// What the rules refuse.
var (
	ErrUnknown      = domain.Refuse(domain.NotFound, "round_unknown", "there is no such round")
	ErrExists       = domain.Refuse(domain.Conflict, "round_exists", "this round was planned before")
	ErrKind         = domain.Refuse(domain.Invalid, "round_kind", "there is no such kind of round")
	ErrNoPromise    = domain.Refuse(domain.Invalid, "round_promise_needed", "a check is about a promise")
	ErrCoachSubject = domain.Refuse(domain.Invalid, "round_coach_subject", "nobody coaches themselves")
	ErrPeriod       = domain.Refuse(domain.Invalid, "round_period", "a round is open for 2 to 60 days, from today or later")
	ErrNoQuestions  = domain.Refuse(domain.Invalid, "round_questions_needed", "a round asks something")
	ErrQuestion     = domain.Refuse(domain.Invalid, "round_question", "this question is asked twice, or in no way we know")
	ErrTooMuch      = domain.Refuse(domain.Invalid, "round_too_much", "answering would take longer than people give it")
	ErrNotCoach     = domain.Refuse(domain.Forbidden, "round_not_coach", "only the coach of this round can do this")
	ErrNotSubject   = domain.Refuse(domain.Forbidden, "round_not_subject", "only the person that the round is about can do this")
	ErrSubjectChose = domain.Refuse(domain.Forbidden, "round_subject_approves", "who is asked about you is approved by somebody else")
	ErrNotPlanned   = domain.Refuse(domain.Conflict, "round_not_planned", "the round is open or over: who is asked stands fast")
	ErrNoRaters     = domain.Refuse(domain.Invalid, "round_raters_needed", "there is nobody to ask")
	ErrRaterTwice   = domain.Refuse(domain.Invalid, "round_rater_twice", "one person is asked in two groups")
	ErrRaterGroup   = domain.Refuse(domain.Invalid, "round_rater_group", "there is no such group of raters")
	ErrCoachRates   = domain.Refuse(domain.Invalid, "round_coach_rates", "the coach is not one of those who answer")
	ErrSubjectRates = domain.Refuse(domain.Invalid, "round_subject_rates", "the person that it is about answers for themselves only")
	ErrOneSuperior  = domain.Refuse(domain.Invalid, "round_one_superior", "one person at most answers as superior")
	ErrTooFewRaters = domain.Refuse(domain.Conflict, "round_too_few_raters", "a group has fewer people than the number from which it is shown")
	ErrNoRater      = domain.Refuse(domain.Forbidden, "round_no_rater", "you are not one of those who are asked")
	ErrNotApproved  = domain.Refuse(domain.Conflict, "round_not_approved", "who is asked has to be approved first")
	ErrOver         = domain.Refuse(domain.Conflict, "round_over", "the last day of this round has passed")
	ErrBoxes        = domain.Refuse(domain.Invalid, "round_boxes", "there is not one box for each group")
	ErrTwoPersons   = domain.Refuse(domain.Forbidden, "round_two_persons", "who closes a round is not who opens it")
	ErrNotOpen      = domain.Refuse(domain.Conflict, "round_not_open", "this round is not open")
	ErrExtended     = domain.Refuse(domain.Conflict, "round_extended", "a round is extended once")
	ErrExtension    = domain.Refuse(domain.Invalid, "round_extension", "a round is extended by 1 to 7 days")
	ErrReminded     = domain.Refuse(domain.Conflict, "round_reminded", "people are reminded three times at most")
	ErrTooEarly     = domain.Refuse(domain.Conflict, "round_too_early", "a round is closed on its last day or later")
	ErrNotClosed    = domain.Refuse(domain.Conflict, "round_not_closed", "a round is closed before its answers are read")
	ErrDone         = domain.Refuse(domain.Conflict, "round_done", "this round is over")
	ErrNotReleased  = domain.Refuse(domain.Conflict, "round_not_released", "this round has no result")
	ErrNoFeedback   = domain.Refuse(domain.Conflict, "round_no_feedback", "this is for 360 feedback")
	ErrNoCheck      = domain.Refuse(domain.Conflict, "round_no_check", "this is for promise checks")
	ErrNotRead      = domain.Refuse(domain.Conflict, "round_not_read", "the coach reads the report first")
	ErrNoComment    = domain.Refuse(domain.NotFound, "round_no_comment", "there is no such comment")
	ErrSettled      = domain.Refuse(domain.Conflict, "round_settled", "the report has been handed over: it stays as it is")
	ErrNotDebriefed = domain.Refuse(domain.Conflict, "round_not_debriefed", "the report is talked about first")
	ErrFuture       = domain.Refuse(domain.Invalid, "round_future", "this day has yet to come")
	ErrAudience     = domain.Refuse(domain.Invalid, "round_audience", "a result is shared with the management team or with everyone")
	ErrThanked      = domain.Refuse(domain.Conflict, "round_thanked", "they have heard from you")
)

func stream(id domain.RoundID) domain.Stream {
	return domain.Stream{Kind: "round", ID: string(id)}
}

// about is how a text about the subject of a round is kept: under the key of
// what others say of that person.
func about(subject domain.PersonID, text string) domain.Private {
	return domain.Say(domain.KeyOf(subject, domain.Opinions), text)
}

// is refuses a round that does not stand where it has to.
func (s State) is(status Status, otherwise *domain.Error) *domain.Error {
	switch s.status {
	case "":
		return ErrUnknown
	case status:
		return nil
	}
	return otherwise
}

// coached refuses everybody but the coach of the round.
func (s State) coached(by domain.PersonID) *domain.Error {
	switch s.coach {
	case "":
		return ErrUnknown
	case by:
		return nil
	}
	return ErrNotCoach
}

// regards refuses everybody but the subject of the round.
func (s State) regards(by domain.PersonID) *domain.Error {
	switch s.subject {
	case "":
		return ErrUnknown
	case by:
		return nil
	}
	return ErrNotSubject
}

// past refuses a day that does not exist or has yet to come. No day is today.
func past(field string, on, today domain.Day) (domain.Day, *domain.Error) {
	switch {
	case on == "":
		return today, nil
	case !on.Valid():
		return on, domain.ErrNotADay.On(field)
	case on > today:
		return on, ErrFuture.On(field)
	}
	return on, nil
}

// with returns a copy of list that has x at its end.
func with[T any](list []T, x T) []T { return append(slices.Clip(list), x) }
