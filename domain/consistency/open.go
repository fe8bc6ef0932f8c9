package consistency

import (
	"koersvast/domain"
)

// longest is how many days the period of a check can last.
const longest = 2 * 366

// Open begins a check: what it is for, which pillars it looks at, over which
// period, and where the consent of the works council and the DPIA are.
type Open struct {
	ID        domain.CheckID
	Purpose   string
	Pillars   []domain.PillarID
	From      domain.Day
	Until     domain.Day
	Reference string
}

func (c Open) Stream() domain.Stream { return stream(c.ID) }

func (c Open) Decide(s State, act domain.Act) ([]Event, error) {
	if s.status != "" {
		return nil, ErrExists
	}
	if err := domain.All(
		domain.Identifies("id", c.ID),
		domain.Needed("purpose", c.Purpose, domain.TextLength),
		c.pillarsRefused(),
		c.periodRefused(),
		domain.Needed("reference", c.Reference, domain.NameLength),
	); err != nil {
		return nil, err
	}
	return []Event{Opened{c.ID, act.Today(), c.Purpose, c.Pillars, c.From, c.Until, c.Reference}}, nil
}

func (c Open) pillarsRefused() *domain.Error {
	if len(c.Pillars) == 0 {
		return ErrNoPillars.On("pillars")
	}
	for _, p := range c.Pillars {
		if refused := domain.Identifies("pillars", p); refused != nil {
			return refused
		}
	}
	return nil
}

func (c Open) periodRefused() *domain.Error {
	switch {
	case !c.From.Valid():
		return domain.ErrNotADay.On("from")
	case !c.Until.Valid():
		return domain.ErrNotADay.On("until")
	case c.Until <= c.From || c.From.DaysUntil(c.Until) > longest:
		return ErrPeriod.On("until")
	}
	return nil
}

// Opened says what a check is for and what it looks at.
type Opened struct {
	ID        domain.CheckID    `json:"id"`
	On        domain.Day        `json:"on"`
	Purpose   string            `json:"purpose"`
	Pillars   []domain.PillarID `json:"pillars" minItems:"1"`
	From      domain.Day        `json:"from"`
	Until     domain.Day        `json:"until"`
	Reference string            `json:"reference"`
}

func (Opened) EventName() string { return "consistency.opened" }

func (e Opened) Evolve(s State) State {
	s.status, s.opened = StatusOpen, e.On
	return s
}

// Cancel ends a check before there is a picture, and says why.
type Cancel struct {
	ID  domain.CheckID
	Why string
}

func (c Cancel) Stream() domain.Stream { return stream(c.ID) }

func (c Cancel) Decide(s State, _ domain.Act) ([]Event, error) {
	if s.status == StatusCancelled {
		return nil, nil
	}
	if err := domain.All(s.is(StatusOpen, ErrNotOpen)); err != nil {
		return nil, err
	}
	if err := domain.All(domain.Needed("why", c.Why, domain.TextLength)); err != nil {
		return nil, err
	}
	return []Event{Cancelled(c)}, nil
}

// Cancelled says that there will be no picture, and why.
type Cancelled struct {
	ID  domain.CheckID `json:"id"`
	Why string         `json:"why"`
}

func (Cancelled) EventName() string { return "consistency.cancelled" }

func (Cancelled) Evolve(s State) State {
	s.status = StatusCancelled
	return s
}
