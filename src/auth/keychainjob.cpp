// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychainjob.h"

#include <QCoreApplication>
#include <QThread>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

constexpr auto Service = "Tagboat"_L1;

//! The one thread of all jobs. Made on first use, ended with the application, never made again.
class KeychainThread
{
public:
    static KeychainThread& instance()
    {
        static KeychainThread* const thread = [] {
            auto* made = new KeychainThread; // the application's end needs it after the statics are gone
            qAddPostRoutine([] { instance().end(); });
            return made;
        }();
        return *thread;
    }

    template<typename Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(&m_context, std::move(function), Qt::QueuedConnection);
    }

private:
    KeychainThread()
    {
        m_thread.setObjectName("keychain"_L1);
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }

    void end()
    {
        m_thread.quit();
        m_thread.wait();
    }

    QThread m_thread;
    QObject m_context;
};

QKeychain::Job* makeJob(const KeychainQuestion& question)
{
    QKeychain::Job* job = nullptr;
    switch (question.kind) {
    case KeychainQuestion::Kind::Read:
        job = new QKeychain::ReadPasswordJob(Service);
        break;
    case KeychainQuestion::Kind::Write: {
        auto* writing = new QKeychain::WritePasswordJob(Service);
        writing->setTextData(question.secret);
        job = writing;
        break;
    }
    case KeychainQuestion::Kind::Remove:
        job = new QKeychain::DeletePasswordJob(Service);
        break;
    }
    job->setKey(question.key);
    return job;
}

KeychainAnswer answerOf(const QKeychain::Job& job)
{
    KeychainAnswer answer;
    answer.words = job.errorString();
    switch (job.error()) {
    case QKeychain::NoError:
        answer.kind = KeychainAnswer::Kind::Done;
        if (const auto* reading = qobject_cast<const QKeychain::ReadPasswordJob*>(&job))
            answer.secret = reading->textData();
        break;
    case QKeychain::EntryNotFound:
        answer.kind = KeychainAnswer::Kind::NotFound;
        break;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        answer.kind = KeychainAnswer::Kind::Refused;
        break;
    default:
        answer.kind = KeychainAnswer::Kind::Failed;
        break;
    }
    return answer;
}

} // namespace

std::optional<KeychainAnswer> KeychainReply::answer() const
{
    const std::lock_guard lock(m_mutex);
    return m_answer;
}

void KeychainReply::set(KeychainAnswer answer)
{
    {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(answer);
    }
    m_wakeup.raise();
}

std::shared_ptr<KeychainReply> askKeychain(KeychainQuestion question)
{
    auto reply = std::make_shared<KeychainReply>();
    KeychainThread::instance().post([question = std::move(question), reply] {
        // Deletes itself after `finished`, when QtKeychain's queue has let go of it as well; all that is
        // wanted of it is taken in that signal.
        auto* job = makeJob(question);
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [reply](QKeychain::Job* finished) { reply->set(answerOf(*finished)); });
        job->start();
    });
    return reply;
}

} // namespace Tagboat
