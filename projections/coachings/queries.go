package coachings

import (
	"context"
	"slices"
	"time"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/coaching"
	"koersvast/projections"
)

// A Status is where a coaching stands.
type Status string

const (
	Proposed Status = "proposed" // the three have not all agreed
	InForce  Status = "in_force"
	Revised  Status = "revised" // it goes on, and other terms wait for the three
	Declined Status = "declined"
	Closed   Status = "closed"
)

// A Coaching is a contract with its three people, and when they meet. What was
// erased is nil.
type Coaching struct {
	ID          domain.CoachingID `json:"id"`
	Coach       domain.PersonID   `json:"coach"`
	Coachee     domain.PersonID   `json:"coachee"`
	Sponsor     domain.PersonID   `json:"sponsor"`
	ProposedBy  domain.PersonID   `json:"proposed_by"`
	Reason      coaching.Reason   `json:"reason" enum:"feedback,standstill,other"`
	Status      Status            `json:"status" enum:"proposed,in_force,revised,declined,closed"`
	Since       domain.Day        `json:"since,omitempty" doc:"the day on which all three had agreed for the first time"`
	DeclinedBy  domain.PersonID   `json:"declined_by,omitempty"`
	DeclinedWhy *string           `json:"declined_why,omitempty"`
	Closed      domain.Day        `json:"closed,omitempty"`
	ClosedBy    domain.PersonID   `json:"closed_by,omitempty"`
	Place       domain.Position   `json:"place" doc:"where it first stood in the log"`
	Version
	Agreed []Agreement `json:"agreed" doc:"who agreed to these terms"`
	Times
}

// A Version is what a contract said at some time.
type Version struct {
	Number int             `json:"version"`
	By     domain.PersonID `json:"by" doc:"who put it to the three"`
	Said   domain.Day      `json:"said"`
	Aims   *string         `json:"aims" doc:"null once it was erased"`
	SetUp  *string         `json:"set_up"`
	Why    *string         `json:"why,omitempty" doc:"why it was revised"`
	From   domain.Day      `json:"from"`
	Until  domain.Day      `json:"until"`
}

func (v *Version) columns() []any {
	return []any{&v.Number, &v.By, &v.Said, &v.Aims, &v.SetUp, &v.Why, &v.From, &v.Until}
}

const versionColumns = `v.version, v.by, v.said, v.aims, v.set_up, v.why, v.from_day, v.until_day`

// An Agreement says on which day one of the three agreed.
type Agreement struct {
	Person domain.PersonID `json:"person"`
	On     domain.Day      `json:"on"`
}

// Times are when two people met, and when they will.
type Times struct {
	Held int        `json:"held" doc:"how many sessions took place"`
	Last domain.Day `json:"last,omitempty" doc:"the day of the last of them"`
	Next domain.Day `json:"next,omitempty" doc:"the first day for which one is planned"`
}

func (t *Times) columns() []any { return []any{&t.Held, &t.Last, &t.Next} }

const timesColumns = `
	(SELECT count(*) FROM coachings_sessions s WHERE s.programme = c.programme AND s.coaching = c.id AND s.status = 'held'),
	(SELECT coalesce(max(held), '') FROM coachings_sessions s WHERE s.programme = c.programme AND s.coaching = c.id AND s.status = 'held'),
	(SELECT coalesce(min(day), '') FROM coachings_sessions s WHERE s.programme = c.programme AND s.coaching = c.id AND s.status = 'planned')`

func (c *Coaching) columns() []any {
	columns := []any{
		&c.ID, &c.Coach, &c.Coachee, &c.Sponsor, &c.ProposedBy, &c.Reason, &c.Status, &c.Since,
		&c.DeclinedBy, &c.DeclinedWhy, &c.Closed, &c.ClosedBy, &c.Place,
	}
	return slices.Concat(columns, c.Version.columns(), []any{projections.List(&c.Agreed)}, c.Times.columns())
}

const selectCoaching = `SELECT c.id, c.coach, c.coachee, c.sponsor, c.proposed_by, c.reason, c.status, c.since,
	c.declined_by, c.declined_why, c.closed, c.closed_by, c.place, ` + versionColumns + `,
	(SELECT json_group_array(json_object('person', person, 'on', day)) FROM
		(SELECT a.person, a.day FROM coachings_agreed a
		WHERE a.programme = c.programme AND a.coaching = c.id AND a.version = c.version ORDER BY a.day, a.person)),` +
	timesColumns + `
	FROM coachings c JOIN coachings_versions v ON v.programme = c.programme AND v.coaching = c.id AND v.version = c.version `

// Resource is what the rules of access look at. Who proposed it for others has
// to do with it until they have all agreed.
func (c Coaching) Resource(in domain.ProgrammeID) access.Resource {
	what := access.Resource{Programme: in, Owner: c.Coachee, Coach: c.Coach, For: []domain.Party{domain.Person(c.Sponsor)}}
	if c.Since == "" {
		what.Recorder = c.ProposedBy
	}
	return what
}

// Of reports whether somebody is one of the three.
func (c Coaching) Of(p domain.PersonID) bool { return p == c.Coach || p == c.Coachee || p == c.Sponsor }

// Underway reports whether coach and coachee are at it.
func (c Coaching) Underway() bool { return c.Since != "" && c.Status != Closed }

// AgreedOn returns the day on which somebody agreed to the contract as it
// stands, none if they have not.
func (c Coaching) AgreedOn(p domain.PersonID) domain.Day {
	for _, a := range c.Agreed {
		if a.Person == p {
			return a.On
		}
	}
	return ""
}

// WaitsFor reports whether the contract waits for somebody to agree to it.
func (c Coaching) WaitsFor(p domain.PersonID) bool {
	return (c.Status == Proposed || c.Status == Revised) && c.Of(p) && c.AgreedOn(p) == ""
}

// TheCoaching answers: what does this contract say, and where does it stand?
func TheCoaching(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CoachingID) (Coaching, error) {
	c, found, err := projections.One(ctx, r, (*Coaching).columns, selectCoaching+`WHERE c.programme = ? AND c.id = ?`, in, id)
	if err == nil && !found {
		err = coaching.ErrUnknown
	}
	return c, err
}

// Of answers: with which coachings has somebody to do, those that ended last,
// then the newest first? It is what [access.CoachingTerms] allows one by one,
// and more of a coach who is no coach any more: ask of each.
func Of(ctx context.Context, r projections.Reader, in domain.ProgrammeID, who domain.PersonID) ([]Coaching, error) {
	return projections.All(ctx, r, (*Coaching).columns, selectCoaching+`
		WHERE c.programme = ?1 AND (?2 IN (c.coach, c.coachee, c.sponsor) OR c.since = '' AND c.proposed_by = ?2)
		ORDER BY c.status = 'closed', c.place DESC`, in, who)
}

// Versions answers: what did the contract say before, the last first?
func Versions(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CoachingID) ([]Version, error) {
	return projections.All(ctx, r, (*Version).columns, `SELECT `+versionColumns+` FROM coachings_versions v
		JOIN coachings c ON c.programme = v.programme AND c.id = v.coaching
		WHERE v.programme = ? AND v.coaching = ? AND v.version < c.version ORDER BY v.version DESC`, in, id)
}

// Dates are what the programme knows of a coaching: that it is there.
type Dates struct {
	Coach   domain.PersonID `json:"coach"`
	Coachee domain.PersonID `json:"coachee"`
	From    domain.Day      `json:"from"`
	Until   domain.Day      `json:"until"`
	Closed  domain.Day      `json:"closed,omitempty"`
	Times
}

func (d *Dates) columns() []any {
	return append([]any{&d.Coach, &d.Coachee, &d.From, &d.Until, &d.Closed}, d.Times.columns()...)
}

// AllDates answers: who coaches whom, and when did they meet? Contracts to
// which the three have not agreed yet are not among them.
func AllDates(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Dates, error) {
	return projections.All(ctx, r, (*Dates).columns, `SELECT c.coach, c.coachee, v.from_day, v.until_day, c.closed, `+timesColumns+`
		FROM coachings c JOIN coachings_versions v ON v.programme = c.programme AND v.coaching = c.id AND v.version = c.version
		WHERE c.programme = ? AND c.since <> '' ORDER BY c.status = 'closed', c.place DESC`, in)
}

// A Reach says how many of the MT have had a session.
type Reach struct {
	MT  int `json:"mt" doc:"how many are in the MT"`
	Met int `json:"met" doc:"how many of them have had a session"`
}

// TheReach answers: how many of the MT have had a session?
func TheReach(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (Reach, error) {
	n, _, err := projections.One(ctx, r, func(n *Reach) []any { return []any{&n.MT, &n.Met} }, `
		SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM coachings c
			JOIN coachings_sessions s ON s.programme = c.programme AND s.coaching = c.id AND s.status = 'held'
			WHERE c.programme = m.programme AND c.coachee = m.person))
		FROM coachings_mt m WHERE m.programme = ?`, in)
	return n, err
}

// A SessionStatus is where a session stands.
type SessionStatus string

const (
	Planned   SessionStatus = "planned"
	Held      SessionStatus = "held"
	Cancelled SessionStatus = "cancelled"
)

// A Session is when coach and coachee meet. What was erased is nil.
type Session struct {
	Coaching domain.CoachingID        `json:"coaching"`
	ID       domain.CoachingSessionID `json:"id"`
	Round    domain.RoundID           `json:"round,omitempty" doc:"the round whose report is debriefed"`
	coaching.Slot
	Place    *string       `json:"place,omitempty"`
	Status   SessionStatus `json:"status" enum:"planned,held,cancelled"`
	Held     domain.Day    `json:"held,omitempty" doc:"the day on which it took place"`
	Why      *string       `json:"why,omitempty" doc:"why it was moved or cancelled"`
	Revision int           `json:"revision" doc:"rises when it is moved or cancelled"`
	Changed  time.Time     `json:"changed"`
}

func (s *Session) columns() []any {
	return []any{
		&s.Coaching, &s.ID, &s.Round, &s.Day, &s.Start, &s.Minutes, &s.Place, &s.Status, &s.Held, &s.Why,
		&s.Revision, projections.ScanTime(&s.Changed),
	}
}

const selectSession = `SELECT s.coaching, s.id, s.round, s.day, s.start, s.minutes, s.place, s.status, s.held, s.why, s.revision, s.changed
	FROM coachings_sessions s `

// Sessions answers: when do coach and coachee meet, the last first?
func Sessions(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CoachingID) ([]Session, error) {
	return projections.All(ctx, r, (*Session).columns, selectSession+`
		WHERE s.programme = ? AND s.coaching = ? ORDER BY s.day DESC, s.start DESC, s.id`, in, id)
}

// TheSession answers: when and where is this session?
func TheSession(ctx context.Context, r projections.Reader, in domain.ProgrammeID, of domain.CoachingID, id domain.CoachingSessionID) (Session, error) {
	s, found, err := projections.One(ctx, r, (*Session).columns, selectSession+`WHERE s.programme = ? AND s.coaching = ? AND s.id = ?`, in, of, id)
	if err == nil && !found {
		err = coaching.ErrUnknownSession
	}
	return s, err
}

// Calendar answers: which sessions does somebody have, as coach or coachee,
// those that are over and those that were cancelled included?
func Calendar(ctx context.Context, r projections.Reader, in domain.ProgrammeID, who domain.PersonID) ([]Session, error) {
	return projections.All(ctx, r, (*Session).columns, selectSession+`
		JOIN coachings c ON c.programme = s.programme AND c.id = s.coaching
		WHERE s.programme = ?1 AND ?2 IN (c.coach, c.coachee) ORDER BY s.day, s.start, s.coaching, s.id`, in, who)
}

// A Note is what somebody wrote down, in the words of each time that they did.
type Note struct {
	ID      domain.NoteID            `json:"id"`
	By      domain.PersonID          `json:"by"`
	Session domain.CoachingSessionID `json:"session,omitempty" doc:"the session that it is about"`
	Own     bool                     `json:"own" doc:"only you read it"`
	Words   []Words                  `json:"words" doc:"the last wording first"`
}

// Words are one wording of a note. A text that was erased is nil.
type Words struct {
	Said domain.Day `json:"said"`
	Text *string    `json:"text" doc:"null once it was erased"`
}

// Notes answers: what did coach and coachee write for each other, and what did
// this one of them write for their own eyes, the last first?
func Notes(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CoachingID, reader domain.PersonID) ([]Note, error) {
	type line struct {
		Note
		Words
	}
	lines, err := projections.All(ctx, r, func(l *line) []any {
		return []any{&l.Note.ID, &l.By, &l.Session, &l.Own, &l.Said, &l.Text}
	}, `SELECT n.id, n.by, n.session, n.own, w.said, w.text FROM coachings_notes n
		JOIN coachings_words w ON w.programme = n.programme AND w.coaching = n.coaching AND w.note = n.id
		WHERE n.programme = ? AND n.coaching = ? AND (NOT n.own OR n.by = ?) ORDER BY n.place DESC, w.place DESC`, in, id, reader)
	notes := []Note{}
	for _, l := range lines {
		if len(notes) == 0 || notes[len(notes)-1].ID != l.Note.ID {
			notes = append(notes, l.Note)
		}
		n := &notes[len(notes)-1]
		n.Words = append(n.Words, l.Words)
	}
	return notes, err
}

// A GoalStatus is where a learning goal stands.
type GoalStatus string

const (
	Active    GoalStatus = "active"
	Completed GoalStatus = "completed"
	Dropped   GoalStatus = "dropped"
)

// A Goal is what a coachee wants to learn. A text that was erased is nil.
type Goal struct {
	Coaching domain.CoachingID `json:"coaching"`
	ID       domain.GoalID     `json:"id"`
	Coachee  domain.PersonID   `json:"coachee"`
	Text     *string           `json:"text" doc:"null once it was erased"`
	coaching.Links
	Due        domain.Day     `json:"due,omitempty"`
	Status     GoalStatus     `json:"status" enum:"active,completed,dropped"`
	SetOn      domain.Day     `json:"set_on"`
	SharedWith []domain.Party `json:"shared_with" doc:"who reads it besides the coachee"`
	Steps      []Step         `json:"steps" doc:"what happened to it, the first first"`
}

func (g *Goal) columns() []any {
	return []any{
		&g.Coaching, &g.ID, &g.Coachee, &g.Text, &g.Behaviour, &g.Promise, &g.Round, &g.Question, &g.Due, &g.Status, &g.SetOn,
		projections.List(&g.SharedWith),
	}
}

// Resource is what the rules of access look at.
func (g Goal) Resource(in domain.ProgrammeID) access.Resource {
	return access.Resource{Programme: in, Owner: g.Coachee, For: g.SharedWith}
}

// A StepKind is what happened to a learning goal.
type StepKind string

// What happened besides how it ended; see [GoalStatus].
const (
	Noted    StepKind = "noted"
	Reworded StepKind = "reworded"
)

// A Step is something that happened to a learning goal. What was erased is nil.
type Step struct {
	Kind StepKind   `json:"kind" enum:"noted,reworded,completed,dropped"`
	Day  domain.Day `json:"day"`
	Text *string    `json:"text,omitempty" doc:"how it goes, or what the goal was before"`
	Why  *string    `json:"why,omitempty"`
}

// A Sight is which learning goals somebody may read: their own, and those that
// are shared with one of the parties.
type Sight struct {
	Person  domain.PersonID
	Parties []domain.Party
}

// SightOf returns what an actor may see: the goals that [access.GoalRead]
// allows one by one.
func SightOf(a access.Actor) Sight {
	parties := access.PromisedTo(a)
	if parties == nil {
		return Sight{}
	}
	return Sight{a.Person, parties}
}

const selectGoal = `SELECT g.coaching, g.id, g.coachee, g.text, g.behaviour, g.promise, g.round, g.question, g.due, g.status, g.set_on, g.shared
	FROM coachings_goals g `

const sharedGoal = `EXISTS (SELECT 1 FROM json_each(g.shared) WHERE value IN (SELECT value FROM json_each(?3)))`

// Goals answers: what does the coachee of this coaching want to learn, what
// runs first, then the newest?
func Goals(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.CoachingID, s Sight) ([]Goal, error) {
	goals, err := projections.All(ctx, r, (*Goal).columns, selectGoal+`
		WHERE g.programme = ?1 AND (g.coachee = ?2 OR `+sharedGoal+`) AND g.coaching = ?4
		ORDER BY g.status <> 'active', g.place DESC`, in, s.Person, projections.JSON(s.Parties), id)
	return stepped(ctx, r, in, goals, err)
}

// SharedGoals answers: what of what others want to learn is shared with
// somebody, what runs first, then the newest?
func SharedGoals(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight) ([]Goal, error) {
	goals, err := projections.All(ctx, r, (*Goal).columns, selectGoal+`
		WHERE g.programme = ?1 AND g.coachee <> ?2 AND `+sharedGoal+`
		ORDER BY g.status <> 'active', g.place DESC`, in, s.Person, projections.JSON(s.Parties))
	return stepped(ctx, r, in, goals, err)
}

// TheGoal answers: what is this learning goal, without what happened to it, if
// somebody may read it?
func TheGoal(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.GoalID, s Sight) (Goal, bool, error) {
	return projections.One(ctx, r, (*Goal).columns, selectGoal+`
		WHERE g.programme = ?1 AND (g.coachee = ?2 OR `+sharedGoal+`) AND g.id = ?4`, in, s.Person, projections.JSON(s.Parties), id)
}

// stepped adds to goals what happened to them.
func stepped(ctx context.Context, r projections.Reader, in domain.ProgrammeID, goals []Goal, err error) ([]Goal, error) {
	for i := range goals {
		if err == nil {
			goals[i].Steps, err = projections.All(ctx, r, func(s *Step) []any { return []any{&s.Kind, &s.Day, &s.Text, &s.Why} },
				`SELECT kind, day, text, why FROM coachings_steps WHERE programme = ? AND coaching = ? AND goal = ? ORDER BY place`,
				in, goals[i].Coaching, goals[i].ID)
		}
	}
	return goals, err
}

// A Whole is a coaching with its sessions and goals, without what anybody
// wrote.
type Whole struct {
	ID       domain.CoachingID
	Coach    domain.PersonID
	Coachee  domain.PersonID
	Sponsor  domain.PersonID
	Since    domain.Day // all three had agreed, "" for not yet
	Closed   domain.Day // "" for not
	Sessions []Meeting
	Goals    []Aim
}

// A Meeting is a session that was not cancelled.
type Meeting struct {
	Round domain.RoundID // whose report is debriefed, "" for none
	Day   domain.Day     // for which it was planned
	Held  domain.Day     // "" for not
}

// An Aim is a learning goal, by what it comes from.
type Aim struct {
	ID domain.GoalID
	coaching.Links
	Status GoalStatus
	SetOn  domain.Day
	Last   domain.Day // something was said of it
	Shared []domain.Party
}

// Everything answers: which coachings were there ever, when did they meet, and
// what are their goals linked to, the first first? It is for those who look at
// all of them together, and show nobody what is not theirs.
func Everything(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Whole, error) {
	all, err := projections.All(ctx, r, func(w *Whole) []any {
		return []any{&w.ID, &w.Coach, &w.Coachee, &w.Sponsor, &w.Since, &w.Closed}
	}, `SELECT id, coach, coachee, sponsor, since, closed FROM coachings WHERE programme = ? ORDER BY place`, in)
	if err != nil {
		return nil, err
	}
	at := map[domain.CoachingID]*Whole{}
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	type meeting struct {
		coaching domain.CoachingID
		Meeting
	}
	meetings, err := projections.All(ctx, r, func(m *meeting) []any { return []any{&m.coaching, &m.Round, &m.Day, &m.Held} },
		`SELECT coaching, round, day, held FROM coachings_sessions WHERE programme = ? AND status <> 'cancelled'
		ORDER BY coaching, day, start, id`, in)
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		at[m.coaching].Sessions = append(at[m.coaching].Sessions, m.Meeting)
	}
	type aim struct {
		coaching domain.CoachingID
		Aim
	}
	aims, err := projections.All(ctx, r, func(a *aim) []any {
		return []any{&a.coaching, &a.ID, &a.Behaviour, &a.Promise, &a.Round, &a.Question, &a.Status, &a.SetOn, &a.Last, projections.List(&a.Shared)}
	}, `SELECT g.coaching, g.id, g.behaviour, g.promise, g.round, g.question, g.status, g.set_on,
			max(g.set_on, coalesce((SELECT max(day) FROM coachings_steps s
				WHERE s.programme = g.programme AND s.coaching = g.coaching AND s.goal = g.id), '')), g.shared
		FROM coachings_goals g WHERE g.programme = ? ORDER BY g.place`, in)
	for _, a := range aims {
		at[a.coaching].Goals = append(at[a.coaching].Goals, a.Aim)
	}
	return all, err
}
