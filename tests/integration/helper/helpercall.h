// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace Tagboat::HelperTest {

//! What one call of docker-credential-tagboat left.
struct HelperRun
{
    int exitCode = -1;
    QByteArray out;
    QByteArray error;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QByteArray all() const
    {
        return "exit " + QByteArray::number(exitCode) + "\nout: " + out + "\nerror: " + error;
    }
};

inline QString helperFolder()
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../bin"));
}

//! Runs \a program to its end.
inline HelperRun runProgram(const QString& program, const QStringList& arguments, const QByteArray& input,
                            const QProcessEnvironment& environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    HelperRun run;
    if (process.waitForFinished(90'000) && process.exitStatus() == QProcess::NormalExit)
        run.exitCode = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    return run;
}

//! Runs the real program as docker does.
inline HelperRun callHelper(const QString& action, const QByteArray& input = {},
                            const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
{
    return runProgram(helperFolder() + QStringLiteral("/docker-credential-tagboat"), {action}, input,
                      environment);
}

inline QByteArray loginOf(const QString& server, const QString& user, const QString& secret)
{
    const QJsonObject login{{QStringLiteral("ServerURL"), server},
                            {QStringLiteral("Username"), user},
                            {QStringLiteral("Secret"), secret}};
    return QJsonDocument(login).toJson(QJsonDocument::Compact);
}

} // namespace Tagboat::HelperTest

//! Fails with all output unless the run ended with \a expected.
#define COMPARE_HELPER(run, expected)                                                                        \
    do {                                                                                                     \
        const auto& ran = (run);                                                                             \
        QVERIFY2(ran.exitCode == (expected), ran.all().constData());                                         \
    } while (false)
