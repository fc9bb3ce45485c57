// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/configdirectory.h"
#include "helper/credentialhelper.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

//! More than any login.
constexpr qint64 LargestInput = 1024 * 1024;

void print(const QByteArray& text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
}

Task<void> execute(QString action, QByteArray input)
{
    const QString directory = standardConfigDirectory();
    const HelperPlaces places{.configDirectory = directory,
                              .profiles = std::make_shared<ProfileStore>(directory),
                              .keychain = std::make_shared<Keychain>(),
                              .http = std::make_shared<HttpClient>()};
    const HelperReply reply = co_await answerHelper(std::move(action), std::move(input), places, {});
    print(reply.out);
    QCoreApplication::exit(reply.exitCode);
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"docker-credential-tagboat"_s);
    QCoreApplication::setOrganizationName(u"tagboat"_s);
    const QStringList words = QCoreApplication::arguments().sliced(1);
    if (words == QStringList{u"version"_s} || words == QStringList{u"--version"_s}) {
        print("docker-credential-tagboat (Tagboat) " TAGBOAT_VERSION "\n");
        return 0;
    }
    if (words.size() != 1) {
        print("usage: docker-credential-tagboat get|store|erase|list|version\n");
        return 1;
    }
    QFile standardInput;
    QByteArray input;
    // "list" is asked with and without anything there.
    if (words.constFirst() != "list"_L1 && standardInput.open(stdin, QFile::ReadOnly))
        input = standardInput.read(LargestInput);
    QTimer::singleShot(0, &application,
                       [action = words.constFirst(), input] { std::ignore = execute(action, input); });
    return QCoreApplication::exec();
}
