package projections

import (
	"context"
	"iter"
	"sync"

	"koersvast/domain"
)

// aheadBy is how many acts are handed over at once: one by one, each would
// wake up the other side.
const aheadBy = 256

// ahead yields what the source has after a position, and reads on meanwhile:
// the next acts are opened while the last ones are written.
func ahead(ctx context.Context, src Source, p domain.Position) iter.Seq2[domain.Record, error] {
	return func(yield func(domain.Record, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		records := src.After(ctx, p)
		next := make(chan []domain.Record, 4)
		var (
			reading sync.WaitGroup
			failed  error // once next is closed
		)
		reading.Go(func() {
			defer close(next)
			var some []domain.Record
			hand := func() bool {
				select {
				case next <- some:
					some = make([]domain.Record, 0, aheadBy)
					return true
				case <-ctx.Done():
					return false
				}
			}
			for rec, err := range records {
				if failed = err; err != nil {
					break
				}
				if some = append(some, rec); len(some) == aheadBy && !hand() {
					return
				}
			}
			hand()
		})
		defer reading.Wait()
		defer stop()
		for some := range next {
			for _, rec := range some {
				if !yield(rec, nil) {
					return
				}
			}
		}
		if failed == nil {
			failed = ctx.Err() // it was cut short, which is no end
		}
		if failed != nil {
			yield(domain.Record{}, failed)
		}
	}
}
