// Package paper makes PDFs of pages, with a Chromium of the operator's.
//
// Chromium is started anew for every page, in a folder that is made for that
// page and removed when it is done, with the page, the profile and the PDF in
// it. So it knows of no other page and of no cookie. It has no network, and is
// killed when it takes too long. A page says itself that it needs nothing but
// what stands in it.
package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"koersvast/domain"
)

// ErrBusy is the answer when many wait for their page already.
var ErrBusy = domain.Refuse(domain.Unavailable, "printer_busy", "many people save a page right now; try again in a moment")

const (
	atOnce   = 1                // pages that are printed
	inLine   = 8                // pages that are printed or wait for that
	patience = 30 * time.Second // how long one page may take
)

// A Printer makes PDFs.
type Printer struct {
	program, dir string
	turn, line   chan struct{} // hold one for each page
}

// Open returns a printer that works with that Chromium, in a folder of its
// own: what is still there, a process has left that was killed, and is
// removed.
func Open(program, dir string) (*Printer, error) {
	found, err := exec.LookPath(program)
	if err != nil {
		return nil, err
	}
	if found, err = filepath.Abs(found); err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		return nil, err
	}
	return &Printer{found, dir, make(chan struct{}, atOnce), make(chan struct{}, inLine)}, nil
}

// Sandboxed reports whether Chromium locks itself up in its sandbox. It cannot
// do that for root.
func Sandboxed() bool { return os.Geteuid() != 0 }

// PDF prints a page, which is HTML that needs no other file. Who waits can
// give up by ending ctx.
func (p *Printer) PDF(ctx context.Context, page []byte) (pdf []byte, err error) {
	select {
	case p.line <- struct{}{}:
		defer func() { <-p.line }()
	default:
		return nil, ErrBusy
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	folder, err := os.MkdirTemp(p.dir, "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, remove(folder)) }()
	if err := os.WriteFile(filepath.Join(folder, pageFile), page, 0o600); err != nil {
		return nil, err
	}
	if err := p.print(ctx, folder); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return os.ReadFile(filepath.Join(folder, pdfFile))
}

const (
	pageFile = "page.html"
	pdfFile  = "page.pdf"
)

// print has Chromium print the page in a folder.
func (p *Printer) print(ctx context.Context, folder string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// The sockets of Chromium must have short names, and it cannot do without.
	sockets, err := os.MkdirTemp("", "koersvast")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove(sockets)) }()
	said := &end{}
	cmd := exec.CommandContext(ctx, p.program, arguments(folder)...)
	cmd.Dir, cmd.Stderr = folder, said
	// Nothing of our own environment, which can hold passwords.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + sockets, "LANG=C.UTF-8"}
	// Chromium is many processes, which are to end together.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	if cmd.Process != nil {
		_ = cmd.Cancel() // what is left of them
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("%s: %w: %s", p.program, err, said)
	}
	if _, err := os.Stat(filepath.Join(folder, pdfFile)); err != nil {
		return fmt.Errorf("%s printed nothing: %s", p.program, said)
	}
	return nil
}

// arguments are what Chromium is started with.
func arguments(folder string) []string {
	args := []string{
		"--headless", "--disable-gpu", "--no-pdf-header-footer",
		"--print-to-pdf=" + filepath.Join(folder, pdfFile),
		"--user-data-dir=" + filepath.Join(folder, "profile"),

		// No name is found, and every address is asked for at a proxy that is
		// not there.
		"--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",

		"--no-first-run", "--no-default-browser-check", "--disable-default-apps", "--disable-extensions",
		"--disable-breakpad", "--disable-crash-reporter", "--password-store=basic",
		"--disable-dev-shm-usage", // which is small in containers
	}
	if !Sandboxed() {
		args = append(args, "--no-sandbox")
	}
	return append(args, "file://"+filepath.Join(folder, pageFile))
}

// remove removes a folder in which processes may be ending.
func remove(folder string) (err error) {
	for range 40 {
		if err = os.RemoveAll(folder); err == nil || errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		time.Sleep(25 * time.Millisecond)
	}
	return err
}

// An end keeps the end of what a process says.
type end struct{ b []byte }

const endLength = 500

func (e *end) Write(b []byte) (int, error) {
	e.b = append(e.b, b...)
	e.b = e.b[max(0, len(e.b)-endLength):]
	return len(b), nil
}

func (e *end) String() string { return string(bytes.TrimSpace(e.b)) }
