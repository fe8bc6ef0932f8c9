package councils

import (
	"context"

	"koersvast/domain"
	"koersvast/domain/council"
	"koersvast/projections"
)

// A Council is what is known of the consent of a works council.
type Council struct {
	Employees int            `json:"employees,omitempty" doc:"how many people work in the undertaking, if somebody said"`
	Sized     domain.Day     `json:"sized,omitempty" doc:"the day on which somebody did"`
	Answered  council.Status `json:"answered,omitempty" enum:"granted,refused,withdrawn" doc:"the last answer"`
	Questions []Question     `json:"questions" doc:"the newest first"`
}

func (c *Council) columns() []any { return []any{&c.Employees, &c.Sized, &c.Answered} }

// A Question is what was asked of a works council, and how it answered.
type Question struct {
	Number int                `json:"number"`
	Asked  domain.Day         `json:"asked"`
	By     domain.PersonID    `json:"by"`
	Kinds  []domain.RoundKind `json:"kinds" doc:"the rounds that it is about"`
	domain.Thresholds
	Scope      string         `json:"scope"`
	Documents  string         `json:"documents" doc:"where the DPIA and other papers are"`
	Status     council.Status `json:"status" enum:"asked,replaced,granted,ended,refused,withdrawn"`
	Answer     Decision       `json:"answer,omitzero"`
	Withdrawal Decision       `json:"withdrawal,omitzero"`
}

// A Decision is one of a works council.
type Decision struct {
	On        domain.Day      `json:"on"`
	By        domain.PersonID `json:"by" doc:"who wrote it down"`
	Member    bool            `json:"member" doc:"whether that was somebody of the works council"`
	Reference string          `json:"reference"`
	Text      string          `json:"text" doc:"the conditions, or the reason"`
}

func (d *Decision) columns() []any { return []any{&d.On, &d.By, &d.Member, &d.Reference, &d.Text} }

func (q *Question) columns() []any {
	c := []any{
		&q.Number, &q.Asked, &q.By, projections.List(&q.Kinds), &q.Peers, &q.Leaders, &q.Staff,
		&q.Scope, &q.Documents, &q.Status,
	}
	return append(append(c, q.Answer.columns()...), q.Withdrawal.columns()...)
}

// TheCouncil answers: what was asked of the works council of a programme, and
// how did it answer? Where nothing was said of one, the answer is empty.
func TheCouncil(ctx context.Context, r projections.Reader, in domain.ProgrammeID) (Council, error) {
	c, _, err := projections.One(ctx, r, (*Council).columns, `SELECT employees, sized, answered FROM councils WHERE programme = ?`, in)
	if err != nil {
		return c, err
	}
	c.Questions, err = projections.All(ctx, r, (*Question).columns, `SELECT number, asked, asked_by, kinds,
			threshold_peers, threshold_leaders, threshold_staff, scope, documents, status,
			answer_on, answer_by, answer_member, answer_reference, answer_text,
			withdrawal_on, withdrawal_by, withdrawal_member, withdrawal_reference, withdrawal_text
		FROM councils_questions WHERE programme = ? ORDER BY number DESC`, in)
	return c, err
}

// Stands returns the question whose consent stands, if one does.
func (c Council) Stands() (Question, bool) { return c.with(council.StatusGranted) }

// Waits returns the question that waits for its answer, if one does.
func (c Council) Waits() (Question, bool) { return c.with(council.StatusAsked) }

func (c Council) with(status council.Status) (Question, bool) {
	for _, q := range c.Questions {
		if q.Status == status {
			return q, true
		}
	}
	return Question{}, false
}

// Stand is what counts when a round is to be opened.
func (c Council) Stand() council.Stand {
	s := council.Stand{Employees: c.Employees, Answered: c.Answered}
	if q, ok := c.Stands(); ok {
		s.Kinds, s.Least = q.Kinds, q.Thresholds
	}
	return s
}
