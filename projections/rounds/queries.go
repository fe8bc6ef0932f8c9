package rounds

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/round"
	"koersvast/projections"
)

// A Round is one round as it stands, without what came out of it. Questions
// are nil when they were erased.
type Round struct {
	ID         domain.RoundID    `json:"id"`
	Kind       domain.RoundKind  `json:"kind" enum:"check,feedback"`
	Subject    domain.PersonID   `json:"subject" doc:"whom it is about"`
	Coach      domain.PersonID   `json:"coach"`
	Promise    domain.PromiseID  `json:"promise,omitempty" doc:"the promise that is checked"`
	PlannedBy  domain.PersonID   `json:"planned_by"`
	Planned    domain.Day        `json:"planned"`
	Status     round.Status      `json:"status" enum:"planned,approved,open,closed,released,nothing,cancelled"`
	Since      domain.Day        `json:"since" doc:"the day of that status"`
	Opens      domain.Day        `json:"opens"`
	Closes     domain.Day        `json:"closes"`
	Extended   bool              `json:"extended,omitempty"`
	Reminders  int               `json:"reminders" doc:"how often people were reminded"`
	Reminded   domain.Day        `json:"reminded,omitempty" doc:"when for the last time"`
	Questions  []round.Question  `json:"questions" doc:"null once they were erased"`
	Thresholds domain.Thresholds `json:"thresholds" doc:"from how many answers on a group is shown"`
	Closed     domain.Day        `json:"closed,omitempty"`
	Read       bool              `json:"read,omitempty" doc:"by the coach"`
	Debriefed  domain.Day        `json:"debriefed,omitempty" doc:"when it was talked about, or the talk was waived"`
	Waived     bool              `json:"waived,omitempty"`
	Shared     round.Audience    `json:"shared,omitempty" enum:",mt,everyone"`
	Letter     *string           `json:"letter,omitempty" doc:"from the subject to those who were asked"`
	Place      domain.Position   `json:"place" doc:"where it first stood in the log"`
}

func (r *Round) columns() []any {
	return []any{
		&r.ID, &r.Kind, &r.Subject, &r.Coach, &r.Promise, &r.PlannedBy, &r.Planned, &r.Status, &r.Since, &r.Opens, &r.Closes,
		&r.Extended, &r.Reminders, &r.Reminded,
		text[[]round.Question]{&r.Questions},
		text[domain.Thresholds]{&r.Thresholds},
		&r.Closed, &r.Read, &r.Debriefed, &r.Waived, &r.Shared, &r.Letter, &r.Place,
	}
}

const roundColumns = `r.id, r.kind, r.subject, r.coach, r.promise, r.planned_by, r.planned, r.status, r.since, r.opens, r.closes,
	r.extended, r.reminders, r.reminded, r.questions, r.thresholds, r.closed, r.read, r.debriefed, r.waived, r.shared, r.letter, r.place`

const selectRound = `SELECT ` + roundColumns + ` FROM rounds r `

// text is a column that holds JSON; what is empty or was erased leaves the
// value as it is.
type text[T any] struct{ v *T }

func (c text[T]) Scan(v any) error {
	s, ok := v.(string)
	if !ok || s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), c.v); err != nil {
		return fmt.Errorf("rounds: %w", err)
	}
	return nil
}

// Resource is what the rules of access look at. The result of a round is for
// its coach, and then for its subject: of a check at once, of feedback when it
// was talked about. A check can be shared further.
func (r Round) Resource(in domain.ProgrammeID, raters []Rater) access.Resource {
	res := access.Resource{Programme: in, Owner: r.Subject, Coach: r.Coach}
	if r.Kind == domain.Check || r.Debriefed != "" {
		res.For = append(res.For, domain.Person(r.Subject))
	}
	switch r.Shared {
	case round.WithMT:
		res.For = append(res.For, domain.TheMT)
	case round.Everyone:
		res.For = append(res.For, domain.Everyone)
	}
	if r.Status != round.StatusPlanned {
		for _, rater := range raters {
			res.Raters = append(res.Raters, rater.Person)
		}
	}
	return res
}

// TheRound answers: how does this round stand?
func TheRound(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID) (Round, error) {
	one, found, err := projections.One(ctx, r, (*Round).columns, selectRound+`WHERE r.programme = ? AND r.id = ?`, in, id)
	if err == nil && !found {
		err = round.ErrUnknown
	}
	return one, err
}

// A Rater is somebody who is asked.
type Rater struct {
	round.Rater
	Declined bool `json:"declined,omitempty"`
}

// Raters answers: who is asked? As long as the round is only planned: whom
// would the subject ask?
func Raters(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID) ([]Rater, error) {
	return projections.All(ctx, r, func(x *Rater) []any { return []any{&x.Person, &x.Group, &x.Declined} },
		`SELECT person, rater, declined FROM rounds_raters WHERE programme = ? AND round = ? ORDER BY rater, person`, in, id)
}

// Sight is of whom somebody may see rounds: all of them, or those that they
// are the subject, the coach or a rater of.
type Sight struct {
	Everything bool
	Person     domain.PersonID
}

// SightOf returns what an actor may see: the rounds that [access.RoundRead]
// allows one by one.
func SightOf(a access.Actor) Sight { return Sight{access.SeesEveryRound(a), a.Person} }

// List answers: which rounds are there, the newest first?
func List(ctx context.Context, r projections.Reader, in domain.ProgrammeID, s Sight) ([]Round, error) {
	person := sql.NullString{String: string(s.Person), Valid: s.Person != ""}
	return projections.All(ctx, r, (*Round).columns, selectRound+`WHERE r.programme = ?1 AND (?2 OR r.subject = ?3 OR r.coach = ?3
			OR r.status <> 'planned' AND r.id IN (SELECT round FROM rounds_raters WHERE programme = ?1 AND person = ?3))
		ORDER BY r.place DESC`, in, s.Everything, person)
}

// Asked answers: which open rounds ask something of this person, that they
// have not declined, the one that closes first first?
func Asked(ctx context.Context, r projections.Reader, in domain.ProgrammeID, who domain.PersonID, today domain.Day) ([]Round, error) {
	return projections.All(ctx, r, (*Round).columns, selectRound+`JOIN rounds_raters a ON a.programme = r.programme AND a.round = r.id
		WHERE r.programme = ? AND a.person = ? AND NOT a.declined AND r.status = 'open' AND r.closes >= ?
		ORDER BY r.closes, r.place`, in, who, today)
}

// OfPromise answers: which rounds checked this promise, the first first?
func OfPromise(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.PromiseID) ([]Round, error) {
	return projections.All(ctx, r, (*Round).columns, selectRound+`WHERE r.programme = ? AND r.promise = ? ORDER BY r.place`, in, id)
}

// OfSubject answers: which rounds were about this person, the first first?
func OfSubject(ctx context.Context, r projections.Reader, in domain.ProgrammeID, who domain.PersonID) ([]Round, error) {
	return projections.All(ctx, r, (*Round).columns, selectRound+`WHERE r.programme = ? AND r.subject = ? ORDER BY r.place`, in, who)
}

// A Result is what a round brought. What was erased is nil.
type Result struct {
	Report      *round.Report                `json:"report" doc:"null when it was erased"`
	Comments    []Comment                    `json:"comments"`
	Paraphrases map[domain.QuestionID]string `json:"paraphrases" doc:"what else was written, in the words of the coach"`

	// ForCoach are comments that the coach alone reads.
	ForCoach []round.Comment `json:"for_coach,omitempty"`

	Receipts []round.Receipt `json:"-"`
}

// A Comment is one that may be read word for word, unless it is masked.
type Comment struct {
	round.Comment
	Masked bool `json:"masked,omitempty"`
}

// ResultFor answers: what did this round bring? The coach reads everything;
// others neither what is masked nor what is for the coach.
func ResultFor(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID, coach bool) (Result, error) {
	var literal, forCoach []round.Comment
	res, found, err := projections.One(ctx, r, func(x *Result) []any {
		return []any{text[*round.Report]{&x.Report}, text[[]round.Comment]{&literal}, text[[]round.Comment]{&forCoach}, projections.List(&x.Receipts)}
	}, `SELECT report, comments, for_coach, receipts FROM rounds WHERE programme = ? AND id = ? AND status = 'released'`, in, id)
	switch {
	case err != nil:
		return res, err
	case !found:
		return res, round.ErrNotReleased
	}
	masked, err := projections.All(ctx, r, func(c *round.CommentID) []any { return []any{c} },
		`SELECT comment FROM rounds_masked WHERE programme = ? AND round = ?`, in, id)
	if err != nil {
		return res, err
	}
	hidden := map[round.CommentID]bool{}
	for _, c := range masked {
		hidden[c] = true
	}
	res.Comments = []Comment{}
	for _, c := range literal {
		if coach || !hidden[c.ID] {
			res.Comments = append(res.Comments, Comment{c, hidden[c.ID]})
		}
	}
	if coach {
		res.ForCoach = forCoach
	}
	res.Paraphrases, err = paraphrases(ctx, r, in, id)
	return res, err
}

func paraphrases(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID) (map[domain.QuestionID]string, error) {
	type said struct {
		question domain.QuestionID
		text     sql.NullString
	}
	all, err := projections.All(ctx, r, func(s *said) []any { return []any{&s.question, &s.text} },
		`SELECT question, text FROM rounds_paraphrases WHERE programme = ? AND round = ?`, in, id)
	by := map[domain.QuestionID]string{}
	for _, s := range all {
		if s.text.Valid {
			by[s.question] = s.text.String
		}
	}
	return by, err
}

// A Box is the ballot box of one group of a round.
type Box struct {
	ID       round.BoxID       `json:"id"`
	Group    domain.RaterGroup `json:"group"`
	Manifest domain.Bytes      `json:"manifest" doc:"what a rater's browser must be sure of, in base 64"`
}

// Boxes answers: in which boxes does a round collect its answers?
func Boxes(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID) ([]Box, error) {
	return projections.All(ctx, r, func(b *Box) []any { return []any{&b.ID, &b.Group, &b.Manifest} },
		`SELECT box, rater, manifest FROM rounds_boxes WHERE programme = ? AND round = ? ORDER BY rater`, in, id)
}

// A Place is where a box belongs. It is the one question that is about all
// programmes: the boxes of an installation lie together.
type Place struct {
	Programme domain.ProgrammeID
	Round     domain.RoundID
	Status    round.Status
	Closes    domain.Day
}

// PlaceOf answers: of which round is this box, and how does that stand? It
// reports false for a box that no round knows.
func PlaceOf(ctx context.Context, r projections.Reader, box round.BoxID) (Place, bool, error) {
	return projections.One(ctx, r, func(p *Place) []any { return []any{&p.Programme, &p.Round, &p.Status, &p.Closes} },
		`SELECT r.programme, r.id, r.status, r.closes FROM rounds_boxes b
		JOIN rounds r ON r.programme = b.programme AND r.id = b.round WHERE b.box = ?`, box)
}

// Counted answers: was the ballot with this receipt counted in a round that
// was released? The beginning of a receipt will do. Like [PlaceOf] it is about
// all programmes: a receipt does not say of which round it is.
func Counted(ctx context.Context, r projections.Reader, receipt round.Receipt) (bool, error) {
	_, found, err := projections.One(ctx, r, func(x *int) []any { return []any{x} },
		`SELECT 1 FROM rounds r, json_each(r.receipts) c WHERE r.status = 'released' AND substr(c.value, 1, length(?1)) = ?1 LIMIT 1`, receipt)
	return found, err
}

// A Key is what a coach opens answers with.
type Key struct {
	Public  domain.Bytes `json:"public"`
	Wrapped *string      `json:"wrapped" doc:"the private half under the coach's passphrase; null once it was erased"`
}

// KeyOf answers: with which key does a coach open answers now? It reports
// false when there is none yet.
func KeyOf(ctx context.Context, r projections.Reader, in domain.ProgrammeID, coach domain.PersonID) (Key, bool, error) {
	return projections.One(ctx, r, func(k *Key) []any { return []any{&k.Public, &k.Wrapped} },
		`SELECT public, wrapped FROM rounds_keys WHERE programme = ? AND person = ? ORDER BY position DESC LIMIT 1`, in, coach)
}

// KeysOf answers: which keys has a coach had, the newest first? A round that
// is open stays with the one that was newest when it opened.
func KeysOf(ctx context.Context, r projections.Reader, in domain.ProgrammeID, coach domain.PersonID) ([]Key, error) {
	return projections.All(ctx, r, func(k *Key) []any { return []any{&k.Public, &k.Wrapped} },
		`SELECT public, wrapped FROM rounds_keys WHERE programme = ? AND person = ? ORDER BY position DESC`, in, coach)
}

// SealedKeyOf answers: what opens the boxes of a round? Only its coach can
// make use of it.
func SealedKeyOf(ctx context.Context, r projections.Reader, in domain.ProgrammeID, id domain.RoundID) (domain.Bytes, error) {
	key, found, err := projections.One(ctx, r, func(k *domain.Bytes) []any { return []any{k} },
		`SELECT key FROM rounds WHERE programme = ? AND id = ?`, in, id)
	if err == nil && !found {
		err = round.ErrUnknown
	}
	return key, err
}

// A LastCheck is when a promise was checked for the last time.
type LastCheck struct {
	Day     domain.Day // it was closed; empty when it never was
	Running bool       // a check is planned or open
}

// LastChecks answers: when was each promise checked for the last time?
func LastChecks(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (map[domain.PromiseID]LastCheck, error) {
	type row struct {
		promise domain.PromiseID
		LastCheck
	}
	all, err := projections.All(ctx, r, func(x *row) []any { return []any{&x.promise, &x.Day, &x.Running} },
		`SELECT promise, max(closed), max(status IN ('planned', 'approved', 'open', 'closed')) FROM rounds
		WHERE programme = ? AND promise <> '' AND status <> 'cancelled' GROUP BY promise`, in)
	last := map[domain.PromiseID]LastCheck{}
	for _, x := range all {
		last[x.promise] = x.LastCheck
	}
	return last, err
}

// AskedLately answers: who was asked about this person in another round that
// closed after a day, or has not closed?
func AskedLately(ctx context.Context, r projections.Reader, in domain.ProgrammeID, subject domain.PersonID, but domain.RoundID, after domain.Day) (map[domain.PersonID]bool, error) {
	people, err := projections.All(ctx, r, func(p *domain.PersonID) []any { return []any{p} },
		`SELECT DISTINCT a.person FROM rounds r JOIN rounds_raters a ON a.programme = r.programme AND a.round = r.id
		WHERE r.programme = ? AND r.subject = ? AND r.id <> ? AND r.status <> 'cancelled' AND (r.closed = '' OR r.closed > ?)`, in, subject, but, after)
	lately := map[domain.PersonID]bool{}
	for _, p := range people {
		lately[p] = true
	}
	return lately, err
}

// A Whole is a round with its raters and what it brought.
type Whole struct {
	Round
	Report   *round.Report // nil when there is none, or it was erased
	Wordless bool          // nobody wrote anything to go with their answers; false when that was erased
	Raters   []Rater
}

// Everything answers: which rounds were there ever, who is asked in each, and
// what did it bring, the first first? It is for those who look at all of them
// together, and show nobody what is not theirs.
func Everything(ctx context.Context, r projections.Reader, in domain.ProgrammeID) ([]Whole, error) {
	all, err := projections.All(ctx, r, func(w *Whole) []any {
		return append(w.Round.columns(), text[*round.Report]{&w.Report}, &w.Wordless)
	}, `SELECT `+roundColumns+`, r.report, coalesce(r.comments IN ('null', '[]') AND r.for_coach IN ('null', '[]'), FALSE)
		FROM rounds r WHERE r.programme = ? ORDER BY r.place`, in)
	if err != nil {
		return nil, err
	}
	type row struct {
		round domain.RoundID
		Rater
	}
	raters, err := projections.All(ctx, r, func(x *row) []any { return []any{&x.round, &x.Person, &x.Group, &x.Declined} },
		`SELECT round, person, rater, declined FROM rounds_raters WHERE programme = ? ORDER BY round, rater, person`, in)
	of := map[domain.RoundID][]Rater{}
	for _, x := range raters {
		of[x.round] = append(of[x.round], x.Rater)
	}
	for i := range all {
		all[i].Raters = of[all[i].ID]
	}
	return all, err
}
