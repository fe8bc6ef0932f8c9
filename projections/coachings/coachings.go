// Package coachings is the read model of coaching: contracts, sessions, notes
// and learning goals. A note that somebody keeps is given to nobody else, and
// of the whole there are dates and one count.
package coachings

import (
	_ "embed"
	"slices"

	"koersvast/domain"
	"koersvast/domain/coaching"
	"koersvast/domain/programme"
	"koersvast/projections"
)

//go:embed schema.sql
var schema string

// Model is the read model; its tables are in schema.sql.
var Model = projections.Model{Name: "coachings/1", Schema: schema, Apply: apply}

func apply(tx *projections.Tx, rec domain.Record) error {
	for _, e := range rec.Events {
		if err := applyEvent(one{tx, rec}, e); err != nil {
			return err
		}
	}
	return nil
}

func applyEvent(o one, e domain.Event) error {
	switch e := e.(type) {
	case programme.PersonAdded:
		return o.roles(e.ID, e.Roles)
	case programme.RolesGiven:
		return o.roles(e.ID, e.Roles)
	case programme.PersonLeft:
		return o.roles(e.ID, nil)
	case coaching.Proposed:
		return o.proposed(e)
	case coaching.Revised:
		return o.revised(e)
	case coaching.Agreed:
		return o.agreed(e)
	case coaching.Declined:
		return o.set(`status = ?, declined_by = ?, declined_why = ?`, Declined, e.By, projections.Text(e.Why))
	case coaching.Closed:
		return o.set(`status = ?, closed = ?, closed_by = ?`, Closed, e.On, e.By)

	case coaching.SessionPlanned:
		return o.tx.Exec(`INSERT INTO coachings_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, ?)`,
			o.in(), e.ID, e.Session, e.Round, e.Day, e.Start, e.Minutes, projections.Text(e.Place), Planned, projections.Time(o.rec.At))
	case coaching.SessionMoved:
		return o.session(e.Session, `day = ?, start = ?, minutes = ?, place = ?, why = ?, revision = revision + 1`,
			e.Day, e.Start, e.Minutes, projections.Text(e.Place), projections.Text(e.Why))
	case coaching.SessionCancelled:
		return o.session(e.Session, `status = ?, why = ?, revision = revision + 1`, Cancelled, projections.Text(e.Why))
	case coaching.SessionHeld:
		return o.session(e.Session, `status = ?, held = ?`, Held, e.On)

	case coaching.NoteShared:
		return o.note(e.Note, e.By, e.Session, false, e.Text)
	case coaching.NoteKept:
		return o.note(e.Note, e.By, e.Session, true, e.Text)
	case coaching.NoteAmended:
		return o.words(e.Note, e.Text)

	case coaching.GoalSet:
		return o.tx.Exec(`INSERT INTO coachings_goals SELECT programme, id, ?, coachee, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
			FROM coachings WHERE programme = ? AND id = ?`,
			e.Goal, projections.Text(e.Text), e.Behaviour, e.Promise, e.Round, e.Question, e.Due, Active, o.rec.Today(),
			projections.JSON(e.SharedWith), o.rec.Position, o.in(), e.ID)
	case coaching.GoalRevised:
		return o.goalRevised(e)
	case coaching.ProgressNoted:
		return o.step(e.Goal, Noted, projections.Text(e.Text), "")
	case coaching.GoalCompleted:
		return o.ended(e.Goal, Completed, "")
	case coaching.GoalDropped:
		return o.ended(e.Goal, Dropped, projections.Text(e.Why))
	case coaching.GoalShared:
		return o.goal(e.Goal, `shared = ?`, projections.JSON(e.With))
	}
	return nil
}

// A one is one coaching during one act.
type one struct {
	tx  *projections.Tx
	rec domain.Record
}

func (o one) in() domain.ProgrammeID { return o.rec.Stream.Programme }

// roles remembers who is in the MT.
func (o one) roles(id domain.PersonID, roles []domain.Role) error {
	if slices.Contains(roles, domain.MT) {
		return o.tx.Exec(`INSERT INTO coachings_mt VALUES (?, ?) ON CONFLICT DO NOTHING`, o.in(), id)
	}
	return o.tx.Exec(`DELETE FROM coachings_mt WHERE programme = ? AND person = ?`, o.in(), id)
}

func (o one) proposed(e coaching.Proposed) error {
	if err := o.tx.Exec(`INSERT INTO coachings VALUES (?, ?, ?, ?, ?, ?, ?, 0, '', '', '', '', '', '', ?)`,
		o.in(), e.ID, e.Coach, e.Coachee, e.Sponsor, e.By, e.Reason, o.rec.Position); err != nil {
		return err
	}
	return o.version(1, e.By, e.Contract, domain.Private{})
}

func (o one) revised(e coaching.Revised) error { return o.version(e.Version, e.By, e.Contract, e.Why) }

// version puts other terms to the three. Who puts them and is one of the three
// has agreed to them.
func (o one) version(n int, by domain.PersonID, c coaching.Contract, why domain.Private) error {
	if err := o.tx.Exec(`INSERT INTO coachings_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.in(), o.rec.Stream.ID, n, by, o.rec.Today(), projections.Text(c.Aims), projections.Text(c.SetUp), projections.Text(why), c.From, c.Until); err != nil {
		return err
	}
	if err := o.set(`version = ?, status = iif(since = '', ?, ?), declined_by = '', declined_why = ''`, n, Proposed, Revised); err != nil {
		return err
	}
	return o.tx.Exec(`INSERT INTO coachings_agreed SELECT programme, id, version, ?1, ?2 FROM coachings
		WHERE programme = ?3 AND id = ?4 AND ?1 IN (coach, coachee, sponsor)`, by, o.rec.Today(), o.in(), o.rec.Stream.ID)
}

// agreed notes one of the three. With the third the contract is in force.
func (o one) agreed(e coaching.Agreed) error {
	if err := o.tx.Exec(`INSERT INTO coachings_agreed VALUES (?, ?, ?, ?, ?)`, o.in(), e.ID, e.Version, e.By, e.On); err != nil {
		return err
	}
	return o.tx.Exec(`UPDATE coachings SET status = ?, since = iif(since = '', ?, since) WHERE programme = ? AND id = ?
		AND (SELECT count(*) FROM coachings_agreed a WHERE a.programme = coachings.programme AND a.coaching = id AND a.version = coachings.version) = 3`,
		InForce, e.On, o.in(), e.ID)
}

func (o one) set(columns string, args ...any) error {
	return o.tx.Exec(`UPDATE coachings SET `+columns+` WHERE programme = ? AND id = ?`, append(args, o.in(), o.rec.Stream.ID)...)
}

func (o one) session(id domain.CoachingSessionID, columns string, args ...any) error {
	return o.tx.Exec(`UPDATE coachings_sessions SET `+columns+`, changed = ? WHERE programme = ? AND coaching = ? AND id = ?`,
		append(args, projections.Time(o.rec.At), o.in(), o.rec.Stream.ID, id)...)
}

func (o one) note(id domain.NoteID, by domain.PersonID, about domain.CoachingSessionID, own bool, text domain.Private) error {
	if err := o.tx.Exec(`INSERT INTO coachings_notes VALUES (?, ?, ?, ?, ?, ?, ?)`,
		o.in(), o.rec.Stream.ID, id, by, about, own, o.rec.Position); err != nil {
		return err
	}
	return o.words(id, text)
}

func (o one) words(id domain.NoteID, text domain.Private) error {
	return o.tx.Exec(`INSERT INTO coachings_words VALUES (?, ?, ?, ?, ?, ?)`,
		o.in(), o.rec.Stream.ID, id, o.rec.Today(), projections.Text(text), o.rec.Position)
}

func (o one) goal(id domain.GoalID, columns string, args ...any) error {
	return o.tx.Exec(`UPDATE coachings_goals SET `+columns+` WHERE programme = ? AND coaching = ? AND id = ?`,
		append(args, o.in(), o.rec.Stream.ID, id)...)
}

// goalRevised keeps what the goal was before among its steps.
func (o one) goalRevised(e coaching.GoalRevised) error {
	if err := o.tx.Exec(`INSERT INTO coachings_steps SELECT programme, coaching, id, ?, ?, text, ?, ? FROM coachings_goals
		WHERE programme = ? AND coaching = ? AND id = ?`,
		Reworded, o.rec.Today(), projections.Text(e.Why), o.rec.Position, o.in(), e.ID, e.Goal); err != nil {
		return err
	}
	return o.goal(e.Goal, `text = ?, behaviour = ?, promise = ?, round = ?, question = ?, due = ?`,
		projections.Text(e.Text), e.Behaviour, e.Promise, e.Round, e.Question, e.Due)
}

func (o one) step(id domain.GoalID, kind StepKind, text, why any) error {
	return o.tx.Exec(`INSERT INTO coachings_steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		o.in(), o.rec.Stream.ID, id, kind, o.rec.Today(), text, why, o.rec.Position)
}

func (o one) ended(id domain.GoalID, how GoalStatus, why any) error {
	if err := o.goal(id, `status = ?`, how); err != nil {
		return err
	}
	return o.step(id, StepKind(how), "", why)
}
