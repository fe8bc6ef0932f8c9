package ballotbox

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A disk changes files and folders so that each change is there wholly or not
// at all, durable when it is done, and without a trace of when.
type disk struct {
	// step, if any, is asked before every step that changes something: tests
	// let the world end there.
	step func(what, path string) error
}

// always is the time of change of all files and folders.
var always = time.Unix(0, 0)

func (d disk) do(what, path string, change func() error) error {
	if d.step != nil {
		if err := d.step(what, path); err != nil {
			return err
		}
	}
	return change()
}

// replace puts a content in the place of what is at path, or of nothing.
func (d disk) replace(path string, content []byte) error {
	temporary := path + unfinished
	if err := d.write(temporary, content); err != nil {
		return errors.Join(err, d.shred(temporary))
	}
	if err := d.rename(temporary, path); err != nil {
		return errors.Join(err, d.shred(temporary))
	}
	return d.settle(filepath.Dir(path))
}

// write writes a new file, durable but for its name.
func (d disk) write(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := d.do("write", path, func() error { _, err := f.Write(content); return err }); err != nil {
		return err
	}
	if err := d.do("times", path, func() error { return os.Chtimes(path, always, always) }); err != nil {
		return err
	}
	return d.do("sync", path, f.Sync)
}

func (d disk) rename(from, to string) error {
	return d.do("rename", to, func() error { return os.Rename(from, to) })
}

// settle makes the names in a folder durable, and forgets when they changed.
func (d disk) settle(folder string) error {
	if err := d.do("times", folder, func() error { return os.Chtimes(folder, always, always) }); err != nil {
		return err
	}
	return d.do("sync", folder, func() error {
		f, err := os.Open(folder)
		if err != nil {
			return err
		}
		defer f.Close()
		return f.Sync()
	})
}

// createFolder makes a folder with all its files, or none.
func (d disk) createFolder(path string, files map[string][]byte) error {
	temporary := path + unfinished
	if err := d.do("make", temporary, func() error { return os.Mkdir(temporary, 0o700) }); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := d.write(filepath.Join(temporary, name), files[name]); err != nil {
			return errors.Join(err, d.shredFolder(temporary))
		}
	}
	if err := d.settle(temporary); err != nil {
		return errors.Join(err, d.shredFolder(temporary))
	}
	if err := d.rename(temporary, path); err != nil {
		return errors.Join(err, d.shredFolder(temporary))
	}
	return d.settle(filepath.Dir(path))
}

// shredFolder removes a folder and its files.
func (d disk) shredFolder(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d.settle(filepath.Dir(path)) // it may have gone without becoming durable
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := d.shred(filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	if err := d.do("remove", path, func() error { return os.Remove(path) }); err != nil {
		return err
	}
	return d.settle(filepath.Dir(path))
}

// shred overwrites a file and removes it. One that is not there is removed.
func (d disk) shred(path string) error {
	err := d.do("overwrite", path, func() error { return overwrite(path) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := d.do("remove", path, func() error { return os.Remove(path) }); err != nil {
		return err
	}
	return d.settle(filepath.Dir(path))
}

func overwrite(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err := f.Write(make([]byte, info.Size())); err != nil {
		return err
	}
	return f.Sync()
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
