// Package ops shows operators how the process is doing: whether it is alive
// and ready, and what it counts and measures. Nothing in it is about persons,
// and every label has few values.
//
// It watches from outside: a log is wrapped, and the projector and the web
// server tell it what they did through plain functions.
package ops

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"koersvast/domain"
	"koersvast/eventstore"
	"koersvast/projections"
)

// Metrics are what a process counts and measures, under names that begin with
// koersvast_.
type Metrics struct {
	registry *prometheus.Registry

	appends   *prometheus.CounterVec
	appending prometheus.Histogram
	syncing   prometheus.Histogram

	acts     *prometheus.CounterVec
	applying *prometheus.HistogramVec

	requests  *prometheus.CounterVec
	answering *prometheus.HistogramVec
}

// What becomes of an append.
const (
	recorded    = "recorded"
	repeated    = "repeated" // it was in the log already
	conflict    = "conflict" // somebody else was faster; it is decided anew
	unavailable = "unavailable"
	failed      = "failed"
)

// latencies reach from a fast disk to a person's patience.
var latencies = []float64{.0001, .0002, .0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5}

// NewMetrics returns the metrics of a process of the given version.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		appends: counters("appends_total", "Acts that were offered to the log, by what became of them: "+
			"recorded, repeated, conflict, unavailable or failed.", "outcome"),
		appending: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: name("append_seconds"), Buckets: latencies,
			Help: "How long the log takes to acknowledge an act, its sync to disk included.",
		}),
		syncing: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: name("fsync_seconds"), Buckets: latencies,
			Help: "How long the disk of the data folder takes to sync a small file of the probe that measures this. " +
				"It is not the log's own sync, which is a part of " + name("append_seconds") + ".",
		}),
		acts: counters("projector_acts_total", "Acts that were applied to the read models: to the tables in use (live), "+
			"or to new ones that nobody reads yet (filling).", "tables"),
		applying: histograms("projector_apply_seconds", "How long a batch of acts takes, from the first to the end of the commit.", "tables"),
		requests: counters("requests_total", "Requests that were answered, by route and status.", "route", "status"),
		answering: histograms("request_seconds", "How long an answer takes. Routes that stay open count until they close.",
			"route"),
	}
	for _, outcome := range []string{recorded, repeated, conflict, unavailable, failed} {
		m.appends.WithLabelValues(outcome)
	}
	m.registry.MustRegister(m.appends, m.appending, m.syncing, m.acts, m.applying, m.requests, m.answering)
	m.gauge("build_info", "The version that runs; always 1.", prometheus.Labels{"version": version}, func() float64 { return 1 })
	prometheus.WrapRegistererWithPrefix(prefix, m.registry).MustRegister(
		collectors.NewGoCollector(collectors.WithGoCollectorMemStatsMetricsDisabled()),
		deaf{collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})})
	return m
}

// deaf is a process collector that does not count the bytes on the network.
// What people answer in confidence is no request that is counted, and always
// of one size: whoever keeps such a count, or that of the bytes that were
// allocated, could tell when somebody answered.
type deaf struct{ prometheus.Collector }

func (d deaf) Collect(to chan<- prometheus.Metric) {
	all := make(chan prometheus.Metric)
	go func() {
		d.Collector.Collect(all)
		close(all)
	}()
	for m := range all {
		if !strings.Contains(m.Desc().String(), "_network_") {
			to <- m
		}
	}
}

const prefix = "koersvast_"

func name(of string) string { return prefix + of }

func counters(of, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name(of), Help: help}, labels)
}

func histograms(of, help string, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name(of), Help: help, Buckets: latencies}, labels)
}

func (m *Metrics) gauge(of, help string, labels prometheus.Labels, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name(of), Help: help, ConstLabels: labels}, value))
}

// Positions shows where the log ends, how far the read models are, and how
// far behind that is. A log that cannot be asked shows -1.
func (m *Metrics) Positions(log eventstore.Log, p *projections.Projector) {
	end := func() (domain.Position, bool) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		last, err := log.Last(ctx)
		return last, err == nil
	}
	m.gauge("log_position", "Position of the newest record in the log; -1 if it cannot be asked.", nil, func() float64 {
		last, ok := end()
		if !ok {
			return -1
		}
		return float64(last)
	})
	m.gauge("projector_position", "Position up to which the log can be read in the read models.", nil, func() float64 {
		return float64(p.Position())
	})
	m.gauge("projector_lag", "How many records the read models are behind the log; -1 if it cannot be asked.", nil, func() float64 {
		at := p.Position() // before the log, so that the difference is never below zero
		last, ok := end()
		if !ok {
			return -1
		}
		return float64(last) - float64(at)
	})
	m.gauge("projector_lag_seconds", "How long the log has been ahead of the read models; zero if it is not.", nil, func() float64 {
		return p.State().Behind.Seconds()
	})
	m.gauge("projector_stopped", "Whether the projector met something that it cannot get past (1) or not (0).", nil, func() float64 {
		if p.State().Err != nil {
			return 1
		}
		return 0
	})
}

// Batch notes what the projector applied.
func (m *Metrics) Batch(b projections.Batch) {
	tables := "live"
	if b.Filling {
		tables = "filling"
	}
	m.acts.WithLabelValues(tables).Add(float64(b.Acts))
	m.applying.WithLabelValues(tables).Observe(b.Took.Seconds())
}

// Request notes what the web server answered. A route is a pattern, such as
// "GET /promises/{id}", and never an address.
func (m *Metrics) Request(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.answering.WithLabelValues(route).Observe(took.Seconds())
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Probe writes a small file, over what stood in it, and notes how long its
// disk takes to sync it.
func (m *Metrics) Probe(file string) (err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString("How quick is this disk?\n"); err != nil {
		return err
	}
	began := time.Now()
	if err := f.Sync(); err != nil {
		return err
	}
	m.syncing.Observe(time.Since(began).Seconds())
	return nil
}

// Log returns a log that notes what becomes of each append.
func (m *Metrics) Log(log eventstore.Log) eventstore.Log { return watched{log, m} }

type watched struct {
	eventstore.Log
	m *Metrics
}

func (w watched) Append(ctx context.Context, act domain.Act, writes ...eventstore.Write) (domain.Position, error) {
	began := time.Now()
	pos, err := w.Log.Append(ctx, act, writes...)
	outcome := outcomeOf(err)
	if outcome == recorded {
		w.m.appending.Observe(time.Since(began).Seconds())
	}
	w.m.appends.WithLabelValues(outcome).Inc()
	return pos, err
}

func outcomeOf(err error) string {
	switch {
	case err == nil:
		return recorded
	case errors.Is(err, eventstore.ErrRecorded):
		return repeated
	case errors.Is(err, eventstore.ErrMoved):
		return conflict
	case errors.Is(err, eventstore.ErrUnavailable):
		return unavailable
	}
	return failed
}
