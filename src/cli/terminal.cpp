// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/terminal.h"

#include <QByteArray>
#include <QScopeGuard>

#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Tagboat::Terminal {

namespace {

constexpr qsizetype MaxLine = 64 * 1024; // tokens of cloud registries have several thousand characters

//! One line without its end. The signal handlers of interrupt.cpp let `read` return, so that Ctrl+C gets
//! through.
Result<QString> readLine(int descriptor)
{
    QByteArray line;
    char byte = 0;
    while (line.size() < MaxLine) {
        const ssize_t count = ::read(descriptor, &byte, 1);
        if (count < 0 && errno == EINTR)
            return cancelled(u"read a line"_s);
        if (count < 0)
            return fail(Error::fromErrno(errno, u"standard input"_s, u"read"));
        if (count == 0 || byte == '\n')
            break;
        line.append(byte);
    }
    if (line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

} // namespace

bool isErrorTerminal()
{
    return ::isatty(STDERR_FILENO) && qgetenv("TERM") != "dumb";
}

bool isInputTerminal()
{
    return ::isatty(STDIN_FILENO);
}

Size size()
{
    winsize window{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 && window.ws_row > 0)
        return {window.ws_col, window.ws_row};
    return {};
}

Result<QString> ask(const QString& prompt, bool withEcho)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0)
        return fail(Error::Code::Unsupported, prompt, u"there is no terminal to ask on"_s);
    const auto close = qScopeGuard([terminal] { ::close(terminal); });
    termios before{};
    const bool hasModes = ::tcgetattr(terminal, &before) == 0;
    if (hasModes && !withEcho) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(terminal, TCSAFLUSH, &silent);
    }
    const auto restore = qScopeGuard([terminal, hasModes, &before] {
        if (hasModes)
            ::tcsetattr(terminal, TCSAFLUSH, &before);
    });
    const QByteArray text = prompt.toLocal8Bit();
    if (::write(terminal, text.constData(), static_cast<size_t>(text.size())) < 0)
        return fail(Error::fromErrno(errno, u"/dev/tty"_s, u"write"));
    auto line = readLine(terminal);
    if (!withEcho && ::write(terminal, "\n", 1) < 0)
        return fail(Error::fromErrno(errno, u"/dev/tty"_s, u"write"));
    return line;
}

Result<QString> pipedSecret()
{
    constexpr qsizetype Largest = 64 * 1024;
    QByteArray text;
    char piece[4096];
    while (true) {
        const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
        if (size < 0 && errno == EINTR)
            return cancelled();
        if (size < 0)
            return fail(Error::fromErrno(errno, u"standard input"_s, u"read"));
        if (size == 0)
            break;
        text.append(piece, size);
        if (text.size() > Largest)
            return fail(Error::Code::InvalidInput, u"standard input"_s, u"too long for a password"_s);
    }
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    return QString::fromUtf8(text);
}

} // namespace Tagboat::Terminal
