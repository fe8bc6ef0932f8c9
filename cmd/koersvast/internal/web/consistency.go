package web

import (
	"cmp"
	"context"
	"slices"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/domain/access"
	snapshot "koersvast/domain/consistency"
	"koersvast/domain/council"
	"koersvast/domain/round"
	"koersvast/eventstore"
	"koersvast/projections/coachings"
	"koersvast/projections/consistency"
	"koersvast/projections/consistency/questions"
	"koersvast/projections/councils"
	"koersvast/projections/people"
	"koersvast/projections/pictures"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// consistencyRoutes are the consistency checks: opened, read back to each
// member of the management team, and published once. The pictures themselves
// are in picture.go.
func (s *Server) consistencyRoutes() {
	question(s, Question[struct{}, checksPage]{
		Path: "/checks", Doc: "Which consistency checks there are, and how they stand",
		Action: access.ChecksRead, Menu: "checks.title",
		Ask: askChecks, Page: checksListPage,
	})
	question(s, Question[struct{}, newCheck]{
		Path: "/checks/new", Doc: "What there is to choose from when opening a consistency check",
		Action: access.CheckRun,
		Ask:    askNewCheck, Page: newCheckPage,
	})
	question(s, Question[CheckIn, oneCheck]{
		Path: "/checks/{id}", Doc: "One consistency check, and who has yet to see their own part",
		Action: access.ChecksRead,
		Ask:    askCheck, Page: checkStatePage,
	})
	question(s, Question[CheckIn, oneCheck]{
		Path: "/checks/{id}/cancel", Doc: "One consistency check, to cancel it",
		Action: access.CheckRun,
		Ask:    askCheck, Page: cancelCheckPage,
	})
	question(s, Question[CheckIn, pictureSheet]{
		Path: "/checks/{id}/draft", Doc: "The picture that is being made, of the management team as a whole",
		Action: access.PictureDraft,
		Ask:    askDraft, Page: draftPage,
	})
	question(s, Question[MemberPartIn, onePart]{
		Path: "/checks/{id}/parts/{person}", Doc: "What a picture says of somebody's own promises",
		Action: access.PicturePart, Of: theMemberPart[MemberPartIn],
		Ask: askMemberPart, Page: memberPartPage,
	})

	command(s, Command[openCheckIn]{
		Path: "/checks/new", Doc: "Open a consistency check", Action: access.CheckRun,
		Do: openCheck, Form: "/checks/new", Next: "/checks/{id}",
	})
	onCheck(s, "cancel", "cancel", "Cancel a consistency check, and say why", "", func(_ context.Context, _ Asker, in cancelCheckIn) (Steps, error) {
		return Steps{eventstore.Do(snapshot.Cancel{ID: in.ID, Why: in.Body.Why})}, nil
	})
	onCheck(s, "publish", "draft", "Publish the picture to the management team, as it is now and for ever", "", publishCheck)
	onCheck(s, "release", "", "Let everybody see the picture", "", func(_ context.Context, _ Asker, in CheckIn) (Steps, error) {
		return Steps{eventstore.Do(snapshot.Release{ID: in.ID})}, nil
	})
	onMemberPart(s, "read-back", "Say that somebody has seen their own part, with their coach", func(in readBackIn) domain.Command[snapshot.State] {
		return snapshot.ReadBack{ID: in.ID, Member: in.Person, On: in.Body.On}
	})
	onMemberPart(s, "decline", "Say that you need not see your own part before the picture is published", func(in MemberPartIn) domain.Command[snapshot.State] {
		return snapshot.DeclineReadBack{ID: in.ID, Member: in.Person}
	})
}

// onCheck declares a command about one check. Its form is that page below the
// check.
func onCheck[In aboutCheck](s *Server, verb, form, doc, next string, do func(context.Context, Asker, In) (Steps, error)) {
	page := "/checks/{id}"
	if form != "" {
		page += "/" + form
	}
	command(s, Command[In]{
		Path: "/checks/{id}/" + verb, Doc: doc, Action: access.CheckRun, Do: do, Form: page, Next: cmp.Or(next, "/checks/{id}"),
	})
}

// onMemberPart declares a command about somebody's part.
func onMemberPart[In aboutPart](s *Server, verb, doc string, cmd func(In) domain.Command[snapshot.State]) {
	command(s, Command[In]{
		Path: "/checks/{id}/parts/{person}/" + verb, Doc: doc, Action: access.PicturePart, Of: theMemberPart[In],
		Do:   func(_ context.Context, _ Asker, in In) (Steps, error) { return Steps{eventstore.Do(cmd(in))}, nil },
		Form: "/checks/{id}/parts/{person}", Next: "/checks/{id}",
	})
}

// aboutCheck is an input that names a check.
type aboutCheck interface{ check() domain.CheckID }

// A CheckIn names a consistency check.
type CheckIn struct {
	ID domain.CheckID `path:"id"`
}

func (in CheckIn) check() domain.CheckID { return in.ID }

// aboutPart is an input that names somebody's part.
type aboutPart interface {
	aboutCheck
	person() domain.PersonID
}

// A MemberPartIn names what a picture says of one member.
type MemberPartIn struct {
	CheckIn
	Person domain.PersonID `path:"person"`
}

func (in MemberPartIn) person() domain.PersonID { return in.Person }

type readBackIn struct {
	MemberPartIn
	Body struct {
		On domain.Day `json:"on,omitempty" doc:"The day on which it was; today if you leave it out"`
	}
}

type cancelCheckIn struct {
	CheckIn
	Body struct {
		Why string `json:"why"`
	}
}

type openCheckIn struct {
	Body struct {
		ID        domain.CheckID    `json:"id" new:"true"`
		Purpose   string            `json:"purpose" doc:"What the check is for"`
		Pillars   []domain.PillarID `json:"pillars" doc:"That it looks at"`
		From      domain.Day        `json:"from" doc:"What was said since then counts"`
		Until     domain.Day        `json:"until" doc:"What happened after that day waits for the next check"`
		Reference string            `json:"reference" doc:"Where the answer of the works council and the DPIA are"`
	}
}

// openCheck opens a check as long as the works council, where it has a say,
// consents to promise checks: a picture is made of what these bring.
func openCheck(ctx context.Context, a Asker, in openCheckIn) (Steps, error) {
	with := domain.UsualThresholds
	c, err := councils.TheCouncil(ctx, a.Read, a.Programme)
	if err != nil {
		return nil, err
	}
	if q, ok := c.Stands(); ok {
		with = q.Thresholds
	}
	b := in.Body
	return Steps{
		eventstore.Do(snapshot.Open{ID: b.ID, Purpose: b.Purpose, Pillars: b.Pillars, From: b.From, Until: b.Until, Reference: b.Reference}),
		eventstore.While(council.Allows{Programme: a.Programme, Kind: domain.Check, Thresholds: with}),
	}, nil
}

// publishCheck publishes the picture of what the read models know at this
// moment.
func publishCheck(ctx context.Context, a Asker, in CheckIn) (Steps, error) {
	p, err := questions.Publish(ctx, a.Read, a.Programme, a.today(), a.At, in.ID)
	if err != nil {
		return nil, err
	}
	return Steps{eventstore.Do(p)}, nil
}

// drawing is the picture of a check as it would be now.
func drawing(ctx context.Context, a Asker, c pictures.Check) (consistency.Drawing, error) {
	return questions.Draw(ctx, a.Read, a.Programme, a.today(), a.At, c)
}

// coachOf returns who coaches somebody: in the coaching that goes on, or else
// in the newest round about them.
func coachOf(ctx context.Context, a Asker, who domain.PersonID) (coach domain.PersonID, err error) {
	of, err := coachings.Of(ctx, a.Read, a.Programme, who)
	if err != nil {
		return "", err
	}
	for _, c := range of {
		if c.Coachee == who && c.Underway() {
			return c.Coach, nil
		}
	}
	about, err := rounds.OfSubject(ctx, a.Read, a.Programme, who)
	for _, r := range about {
		if r.Status != round.StatusCancelled {
			coach = r.Coach
		}
	}
	return coach, err
}

// theMemberPart is what the rules of access look at: whose part it is, and who
// coaches them.
func theMemberPart[In aboutPart](ctx context.Context, a Asker, in In) (access.Resource, error) {
	coach, err := coachOf(ctx, a, in.person())
	return access.Resource{Programme: a.Programme, Owner: in.person(), Coach: coach}, err
}

// A checksPage is all consistency checks.
type checksPage struct {
	Checks []pictures.Check `json:"checks" doc:"the newest first"`

	pillars []strategies.Part
}

func askChecks(ctx context.Context, a Asker, _ struct{}) (p checksPage, err error) {
	if p.Checks, err = pictures.Checks(ctx, a.Read, a.Programme); err != nil {
		return p, err
	}
	p.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme)
	return p, err
}

// A newCheck is what there is to choose from.
type newCheck struct {
	Pillars []strategies.Part `json:"pillars"`
	Council string            `json:"council" doc:"the reference of the works council's consent, if there is one"`
}

func askNewCheck(ctx context.Context, a Asker, _ struct{}) (n newCheck, err error) {
	if n.Pillars, err = strategies.Standing(ctx, a.Read, a.Programme); err != nil {
		return n, err
	}
	c, err := councils.TheCouncil(ctx, a.Read, a.Programme)
	if q, ok := c.Stands(); ok {
		n.Council = q.Answer.Reference
	}
	return n, err
}

func (n newCheck) options() (options []Option) {
	for _, p := range n.Pillars {
		options = append(options, Option{Value: p.ID, Label: p.Name})
	}
	return options
}

// A oneCheck is a check with those who see their part of it.
type oneCheck struct {
	pictures.Check
	Members []member `json:"members" doc:"of the management team, and whether they have seen their own part"`

	names   people.Directory
	pillars []strategies.Part
}

// A member has seen their part, or not yet.
type member struct {
	Person domain.PersonID `json:"person"`
	Heard  *pictures.Heard `json:"heard,omitempty" doc:"absent when they have yet to see it"`

	mine bool // the asker can open it
}

func askCheck(ctx context.Context, a Asker, in CheckIn) (c oneCheck, err error) {
	if c.Check, err = pictures.TheCheck(ctx, a.Read, a.Programme, in.ID); err != nil {
		return c, err
	}
	heard, err := pictures.HeardOf(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return c, err
	}
	team, err := questions.Team(ctx, a.Read, a.Programme)
	if err != nil {
		return c, err
	}
	for _, p := range team {
		what, err := theMemberPart(ctx, a, MemberPartIn{in, p})
		if err != nil {
			return c, err
		}
		m := member{Person: p, mine: access.Can(a.Actor, access.PicturePart, what)}
		if i := slices.IndexFunc(heard, func(h pictures.Heard) bool { return h.Person == p }); i >= 0 {
			m.Heard = &heard[i]
		}
		c.Members = append(c.Members, m)
	}
	if c.names, err = people.Names(ctx, a.Read, a.Programme); err != nil {
		return c, err
	}
	c.pillars, err = strategies.Pillars(ctx, a.Read, a.Programme)
	return c, err
}

// waiting is how many have yet to see their part.
func (c oneCheck) waiting() (n int) {
	for _, m := range c.Members {
		if m.Heard == nil {
			n++
		}
	}
	return n
}

func (c oneCheck) address(more string) string { return "/checks/" + string(c.ID) + more }

// pillarsSaid lists pillars by name.
func pillarsSaid(ctx context.Context, all []strategies.Part, ids []domain.PillarID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = pillarName(ctx, all, id)
	}
	return listed(ctx, names)
}

func pillarName(ctx context.Context, all []strategies.Part, id domain.PillarID) string {
	for _, p := range all {
		if p.ID == string(id) {
			return p.Name
		}
	}
	return i18n.T(ctx, "picture.team")
}

// askDraft answers with the picture as it would be now.
func askDraft(ctx context.Context, a Asker, in CheckIn) (p pictureSheet, err error) {
	c, err := pictures.TheCheck(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return p, err
	}
	if c.Status != snapshot.StatusOpen {
		return p, snapshot.ErrNotOpen
	}
	d, err := drawing(ctx, a, c)
	if err != nil {
		return p, err
	}
	p = pictureSheet{Check: c, Picture: pictures.Picture{Check: c.ID, Published: a.today(), Picture: d.Picture}, draft: true}
	return p.complete(ctx, a)
}

// A onePart is what a picture says of one person's promises: of the one that
// is being made, or the one that was published.
type onePart struct {
	Check  pictures.Check  `json:"check"`
	Person domain.PersonID `json:"person"`
	Part   *snapshot.Part  `json:"part" doc:"null once it was erased"`
	Heard  *pictures.Heard `json:"heard,omitempty"`

	sheet pictureSheet
}

func askMemberPart(ctx context.Context, a Asker, in MemberPartIn) (p onePart, err error) {
	p = onePart{Person: in.Person, Part: &snapshot.Part{Rows: []snapshot.Row{}}}
	if p.Check, err = pictures.TheCheck(ctx, a.Read, a.Programme, in.ID); err != nil {
		return p, err
	}
	if p.Check.Status == snapshot.StatusOpen {
		d, err := drawing(ctx, a, p.Check)
		if err != nil {
			return p, err
		}
		for _, of := range d.Parts {
			if of.Person == in.Person {
				p.Part = &of.Part
			}
		}
	} else {
		parts, err := pictures.Parts(ctx, a.Read, a.Programme, in.ID, []domain.PersonID{in.Person})
		if err != nil {
			return p, err
		}
		for _, of := range parts {
			p.Part = of.Part
		}
	}
	heard, err := pictures.HeardOf(ctx, a.Read, a.Programme, in.ID)
	if err != nil {
		return p, err
	}
	for _, h := range heard {
		if h.Person == in.Person {
			p.Heard = &h
		}
	}
	p.sheet = pictureSheet{Check: p.Check, Parts: []pictures.Part{{Person: p.Person, Part: p.Part}}, draft: true, part: true}
	p.sheet, err = p.sheet.named(ctx, a)
	return p, err
}

func (p onePart) address(more string) string {
	return "/checks/" + string(p.Check.ID) + "/parts/" + string(p.Person) + more
}

// title names whose part it is: to themselves, their own.
func (p onePart) title(ctx context.Context, a Asker) string {
	if a.Person == p.Person {
		return i18n.T(ctx, "part.title")
	}
	return i18n.T(ctx, "part.of", "Name", personName(ctx, p.sheet.names, p.Person))
}

// heardSaid says when somebody saw their part, or that they have yet to.
func heardSaid(ctx context.Context, h *pictures.Heard) string {
	switch {
	case h == nil:
		return i18n.T(ctx, "check.heard.not")
	case h.Declined:
		return i18n.T(ctx, "check.heard.declined", "Day", i18n.LongDate(ctx, h.On))
	}
	return i18n.T(ctx, "check.heard", "Day", i18n.LongDate(ctx, h.On))
}
