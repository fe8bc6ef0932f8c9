package signin

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How many wrong codes are borne. The first is for one address (a whole IPv6
// network of 64 bits counts as one), the second for one locator, the third
// for the whole world, so that many addresses together get no further than
// one does.
var limits = struct{ address, locator, world limit }{
	address: limit{burst: 10, every: 12 * time.Second},
	locator: limit{burst: 5, every: time.Minute},
	world:   limit{burst: 100, every: time.Second},
}

type limit struct {
	burst int
	every time.Duration
}

func (l limit) limiter() *rate.Limiter { return rate.NewLimiter(rate.Every(l.every), l.burst) }

// remembered bounds how many addresses and locators are kept. When there are
// more, all are forgotten: the limit on the whole world still holds.
const remembered = 10_000

// tries counts wrong codes.
type tries struct {
	mu        sync.Mutex
	world     *rate.Limiter
	addresses map[netip.Prefix]*rate.Limiter
	locators  map[string]*rate.Limiter
}

func newTries() *tries {
	return &tries{
		world:     limits.world.limiter(),
		addresses: map[netip.Prefix]*rate.Limiter{},
		locators:  map[string]*rate.Limiter{},
	}
}

// take counts a try as a wrong one, and reports whether it may be made. Right
// takes that back: counting afterwards would let a thousand tries at once
// pass before the first is counted, and people who know their code share an
// address with many others who do.
func (t *tries) take(now time.Time, from netip.Addr, locator string) (right func(), ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var taken []*rate.Reservation
	back := func() {
		for _, r := range taken {
			r.CancelAt(now)
		}
	}
	counted := []*rate.Limiter{limiterOf(t.addresses, network(from), limits.address), t.world}
	if locator != "" {
		counted = append(counted, limiterOf(t.locators, locator, limits.locator))
	}
	for _, l := range counted {
		r := l.ReserveN(now, 1)
		taken = append(taken, r)
		if !r.OK() || r.DelayFrom(now) > 0 {
			back()
			return nil, false
		}
	}
	return back, true
}

// Try counts a try of a code that is kept elsewhere, such as that of an
// envelope, among the wrong ones, until right says that it was not. It refuses
// with [ErrTooManyTries].
func (s *Store) Try(from netip.Addr) (right func(), err error) {
	right, ok := s.tries.take(s.now(), from, "")
	if !ok {
		return nil, ErrTooManyTries
	}
	return right, nil
}

func limiterOf[K comparable](m map[K]*rate.Limiter, key K, l limit) *rate.Limiter {
	if m[key] == nil {
		if len(m) >= remembered {
			clear(m)
		}
		m[key] = l.limiter()
	}
	return m[key]
}

func network(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits) // an address without bits gives the empty prefix, which is an address too
	return p
}
