package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/eventstore/ballotbox"
	"koersvast/projections/people"
	"koersvast/projections/rounds"
)

// answerRoutes are for those who are asked something in a round: the
// questions, and what happens to their answers. ballot.go takes the answers.
func (s *Server) answerRoutes() {
	question(s, Question[RoundIn, answerSheet]{
		Path: "/rounds/{id}/answer", Doc: "What a round asks of you, and what you need to answer it in confidence",
		Action: access.RoundAnswer, Of: theRound[RoundIn], Present: true,
		Ask: s.askSheet, Page: answerPage,
	})
	question(s, Question[RoundIn, privacySheet]{
		Path: "/rounds/{id}/privacy", Doc: "How what people answer in a round is protected, and against what it is not",
		Action: access.RoundRead, Of: theRound[RoundIn],
		Ask: askPrivacy, Page: privacyPage,
	})
	command(s, Command[declineIn]{
		Path: "/rounds/{id}/decline", Doc: "Say that you would rather not answer; no reason is asked for",
		Action: access.RoundAnswer, Of: theRound[declineIn],
		Do: func(_ context.Context, _ Asker, in declineIn) (Steps, error) {
			return Steps{eventstore.Do(round.DeclineToRate{ID: in.ID})}, nil
		},
		Form: "/rounds/{id}/answer", Next: "/rounds/{id}/answer",
	})
	s.credentialRoute()
}

type declineIn struct {
	RoundIn
	Body struct{}
}

// An answerSheet is what a round asks of one person. A program, or a page of
// ours, has all in it that it takes to answer: it asks for a credential, and
// casts. See package ballot for how.
type answerSheet struct {
	Round      domain.RoundID    `json:"round"`
	Kind       domain.RoundKind  `json:"kind" enum:"check,feedback"`
	Purpose    round.Purpose     `json:"purpose"`
	Subject    domain.PersonID   `json:"subject" doc:"whom it is about"`
	Coach      domain.PersonID   `json:"coach" doc:"who reads the answers first"`
	Status     round.Status      `json:"status"`
	Opens      domain.Day        `json:"opens"`
	Closes     domain.Day        `json:"closes" doc:"the last day on which it takes answers"`
	Thresholds domain.Thresholds `json:"thresholds"`
	Minutes    int               `json:"minutes" doc:"how long answering takes"`
	Questions  []round.Question  `json:"questions" doc:"null once they were erased"`
	Asked      string            `json:"asked" doc:"the questions as the manifest's digest is of them"`

	Group    domain.RaterGroup `json:"group" doc:"in what capacity you are asked"`
	NeedsAll bool              `json:"needs_all,omitempty" doc:"your group is shown only if everybody in it answers"`
	Declined bool              `json:"declined,omitempty" doc:"you would rather not answer"`
	Standing string            `json:"standing" enum:"nothing,credential,envelope" doc:"what you have taken to answer with"`
	Box      round.BoxID       `json:"box,omitempty" doc:"your group's ballot box, as the log knows it"`
	Manifest domain.Bytes      `json:"manifest,omitempty" doc:"what Box is the digest of, in base 64"`

	today domain.Day
	names people.Directory
}

// The names of what somebody has taken to answer with.
var standings = map[ballotbox.Standing]string{
	ballotbox.TookNothing: "nothing", ballotbox.HasCredential: "credential", ballotbox.TakesEnvelope: "envelope",
}

func (s *Server) askSheet(ctx context.Context, a Asker, in RoundIn) (sheet answerSheet, err error) {
	r, err := rounds.TheRound(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return sheet, err
	}
	if sheet, err = sheetOf(r); err != nil {
		return sheet, err
	}
	sheet.today = a.Act.Today()
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return sheet, err
	}
	if i := slices.IndexFunc(raters, func(r rounds.Rater) bool { return r.Person == a.Person }); i >= 0 {
		sheet.Group, sheet.Declined = raters[i].Group, raters[i].Declined
		sheet.NeedsAll = slices.Contains(needsAll(r, raters), sheet.Group)
	}
	box, err := boxOf(ctx, a, in.ID, sheet.Group)
	if err != nil {
		return sheet, err
	}
	sheet.Box, sheet.Manifest, sheet.Standing = box.ID, box.Manifest, standings[ballotbox.TookNothing]
	if sheet.Box != "" {
		taken, err := s.taken(sheet.Box, a.Person)
		if err != nil {
			return sheet, err
		}
		sheet.Standing = standings[taken]
	}
	sheet.names, err = people.Names(ctx, a.Read, a.Programme)
	return sheet, err
}

// sheetOf returns what a round asks of everybody.
func sheetOf(r rounds.Round) (answerSheet, error) {
	asked, err := json.Marshal(r.Questions)
	return answerSheet{
		Round: r.ID, Kind: r.Kind, Purpose: round.Development, Subject: r.Subject, Coach: r.Coach,
		Status: r.Status, Opens: r.Opens, Closes: r.Closes, Thresholds: r.Thresholds,
		Minutes: minutes(r.Questions), Questions: r.Questions, Asked: string(asked),
	}, err
}

// boxOf returns the ballot box of a group. Before a round is open there is
// none.
func boxOf(ctx context.Context, a Asker, id domain.RoundID, group domain.RaterGroup) (rounds.Box, error) {
	boxes, err := rounds.Boxes(ctx, a.Read, a.Programme, id)
	for _, b := range boxes {
		if b.Group == group {
			return b, err
		}
	}
	return rounds.Box{}, err
}

// taken returns what somebody took from a box. Of one that was destroyed, or
// that they were never invited to because they declined before it was made,
// that is nothing.
func (s *Server) taken(id round.BoxID, by domain.PersonID) (ballotbox.Standing, error) {
	box, err := s.Station.Box(id)
	var standing ballotbox.Standing
	if err == nil {
		standing, err = box.Standing(by)
	}
	if errors.Is(err, ballotbox.ErrUnknown) || errors.Is(err, ballotbox.ErrNotInvited) {
		return ballotbox.TookNothing, nil
	}
	return standing, err
}

// takes reports whether the round takes answers, today.
func (s answerSheet) takes() bool { return takesAnswers(s.Status, s.Closes, s.today) == nil }

// answers reports whether the page lets somebody answer.
func (s answerSheet) answers() bool {
	return s.takes() && !s.Declined && s.Standing != standings[ballotbox.TakesEnvelope]
}

// mayDecline reports whether somebody can say that they would rather not.
func (s answerSheet) mayDecline() bool {
	return s.Group != domain.Self && !s.Declined && (s.takes() || s.Status == round.StatusApproved)
}

// whyNot is the id of the sentence that says why nobody answers here.
func (s answerSheet) whyNot() string {
	switch {
	case s.Status == round.StatusApproved:
		return "answer.not.yet"
	case s.Status == round.StatusReleased:
		return "answer.not.released"
	case s.Status == round.StatusNothing:
		return "answer.not.nothing"
	case s.Status == round.StatusCancelled:
		return "answer.not.cancelled"
	case !s.takes():
		return "answer.not.closed"
	case s.Declined:
		return "answer.not.declined"
	}
	return "answer.not.envelope"
}

// least is from how many answers on anything of the group is shown.
func (s answerSheet) least() int { return s.Thresholds.Of(s.Group) }

// title is the heading of the page.
func (s answerSheet) title(ctx context.Context) string {
	return i18n.T(ctx, "answer.title."+string(s.Kind)+"."+s.whose(), "Name", s.name(ctx))
}

// name is what the person is called that the round is about.
func (s answerSheet) name(ctx context.Context) string { return personName(ctx, s.names, s.Subject) }

// lede says how much is asked, and until when.
func (s answerSheet) lede(ctx context.Context) string {
	return i18n.T(ctx, "answer.lede", "n", len(s.Questions), "Minutes", i18n.T(ctx, "answer.minutes", "n", s.Minutes), "Day", i18n.LongDate(ctx, s.Closes))
}

// whoSees says who sees what of the answers of this group.
func (s answerSheet) whoSees(ctx context.Context) string {
	kind := "group"
	if s.Group == domain.Self || s.Group == domain.Superior {
		kind = string(s.Group)
	}
	return i18n.T(ctx, "answer.sees."+kind, "Name", s.name(ctx), "Coach", personName(ctx, s.names, s.Coach))
}

// forScript is what a page tells its script.
func forScript(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// frequencies are the answers of a scale, the last of them for who could not
// observe it.
var frequencies = []int{1, 2, 3, 4, 5, round.Unobserved}

// frequencyOptions are these in words: a number would be a mark.
func frequencyOptions(ctx context.Context) (options []Option) {
	for _, x := range frequencies {
		options = append(options, Option{Value: strconv.Itoa(x), Label: i18n.T(ctx, "answer.often."+strconv.Itoa(x))})
	}
	return options
}

// useOptions are what may be done with somebody's words.
func useOptions(ctx context.Context, s answerSheet) (options []Option) {
	for _, u := range []round.Use{round.InOtherWords, round.Literally, round.ForCoach} {
		options = append(options, Option{
			Value: string(u), Label: i18n.T(ctx, "answer.use."+string(u)),
			Help: i18n.T(ctx, "answer.use_help."+string(u), "Name", s.name(ctx)),
		})
	}
	return options
}

// hints are what in somebody's words could give them away.
var hints = []string{"name", "day", "quotation", "only"}

// whose is part of the id of a sentence that is said differently of oneself.
func (s answerSheet) whose() string {
	if s.Group == domain.Self {
		return "self"
	}
	return "other"
}

// A privacySheet is how the answers of one round are protected.
type privacySheet struct {
	Round      domain.RoundID    `json:"round"`
	Status     round.Status      `json:"status"`
	Subject    domain.PersonID   `json:"subject"`
	Coach      domain.PersonID   `json:"coach"`
	Thresholds domain.Thresholds `json:"thresholds" doc:"from how many answers on anything of a group is shown"`
	Group      domain.RaterGroup `json:"group,omitempty" doc:"the reader's own"`
	Invited    []domain.PersonID `json:"invited" doc:"who is asked in the reader's own group; frozen when the round opened"`
	NeedsAll   bool              `json:"needs_all,omitempty" doc:"that group is shown only if everybody in it answers"`
	Box        round.BoxID       `json:"box,omitempty" doc:"the ballot box of that group, as the log knows it"`
	Manifest   domain.Bytes      `json:"manifest,omitempty"`
	Asked      string            `json:"asked" doc:"the questions as the manifest's digest is of them"`

	names people.Directory
}

func askPrivacy(ctx context.Context, a Asker, in RoundIn) (p privacySheet, err error) {
	r, err := rounds.TheRound(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return p, err
	}
	sheet, err := sheetOf(r)
	if err != nil {
		return p, err
	}
	p = privacySheet{
		Round: r.ID, Status: r.Status, Subject: r.Subject, Coach: r.Coach, Thresholds: r.Thresholds,
		Invited: []domain.PersonID{}, Asked: sheet.Asked,
	}
	raters, err := rounds.Raters(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return p, err
	}
	for _, rater := range raters {
		if rater.Person == a.Person {
			p.Group = rater.Group
		}
	}
	box, err := boxOf(ctx, a, in.ID, p.Group)
	if err != nil {
		return p, err
	}
	p.Box, p.Manifest = box.ID, box.Manifest
	if p.names, err = people.Names(ctx, a.Read, a.Programme); err != nil || p.Box == "" {
		return p, err
	}
	for _, rater := range raters {
		if rater.Group == p.Group {
			p.Invited = append(p.Invited, rater.Person)
		}
	}
	p.NeedsAll = slices.Contains(needsAll(r, raters), p.Group)
	slices.SortFunc(p.Invited, func(x, y domain.PersonID) int {
		return cmp.Compare(personName(ctx, p.names, x), personName(ctx, p.names, y))
	})
	return p, nil
}

// What the privacy page says: what is protected, against what it is not, and
// what was checked.
var (
	protections = []string{"apart", "sealed", "no_time", "least", "sums", "words", "change", "gone"}
	exposures   = []string{"traffic", "page", "device", "invented", "together", "style", "one", "register", "envelope"}
	checks      = []string{"council", "two", "manager", "enough", "box", "once", "counted"}
)

// short is the beginning of a long number, in groups that people can compare
// with another one.
func short(number string) string {
	number = number[:min(len(number), receiptLength)]
	var groups []string
	for part := range slices.Chunk([]byte(number), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}
