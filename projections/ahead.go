package projections

import (
	"context"
	"iter"
	"sync"

	"koersvast/domain"
)

// ahead yields what the source has after a position, and reads on meanwhile:
// the next acts are opened while the last ones are written.
func ahead(ctx context.Context, src Source, p domain.Position) iter.Seq2[domain.Record, error] {
	type opened struct {
		rec domain.Record
		err error
	}
	return func(yield func(domain.Record, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		records := src.After(ctx, p)
		next := make(chan opened, 1024)
		var reading sync.WaitGroup
		reading.Go(func() {
			defer close(next)
			for rec, err := range records {
				select {
				case next <- opened{rec, err}:
				case <-ctx.Done():
					return
				}
			}
		})
		defer reading.Wait()
		defer stop()
		for o := range next {
			if !yield(o.rec, o.err) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(domain.Record{}, err) // it was cut short, which is no end
		}
	}
}
