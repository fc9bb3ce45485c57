// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/heldcredential.h"

#include "base/stoppablesleep.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Answer = CredentialSource::Answer;

//! Another program may have got a new identity token a moment ago, and not kept it yet.
constexpr int Rereads = 3;
constexpr std::chrono::milliseconds RereadPause{300};
//! A credential that ends is replaced this long before.
constexpr qint64 RenewSeconds = 300;

} // namespace

void HeldCredential::take(const Found& found)
{
    m_credential = found;
    m_lent = found ? found->secret : QString();
    m_isKnown = true;
    m_since = m_clock();
}

bool HeldCredential::isGood() const
{
    if (!m_isKnown || !m_credential || !m_credential->validUntil.isValid())
        return m_isKnown;
    // One that never lasts longer than that is used as long as it does.
    const bool isShort = m_since.secsTo(m_credential->validUntil) <= 2 * RenewSeconds;
    return m_clock().addSecs(isShort ? 0 : RenewSeconds) < m_credential->validUntil;
}

bool HeldCredential::isLast(const Credential& credential) const
{
    return m_credential && m_credential->user == credential.user && m_credential->secret == credential.secret;
}

void HeldCredential::forget()
{
    ++m_generation;
    m_isKnown = false;
    m_credential.reset();
    m_lent.clear();
}

Task<Answer> HeldCredential::ask(Ptr self, std::stop_token stop)
{
    if (!self->m_source.read) {
        Answer nobody;
        co_return nobody;
    }
    const int generation = self->m_generation;
    auto answer = co_await self->m_source.read(stop);
    if (answer && generation == self->m_generation)
        self->take(*answer);
    co_return answer;
}

Task<Answer> HeldCredential::load(Ptr self, std::stop_token stop)
{
    if (self->isGood())
        co_return Answer(self->m_credential);
    const SingleFlight<Found>::Work work = [self](std::stop_token inner) {
        return ask(self, std::move(inner));
    };
    auto answer = co_await self->m_flights.run(QString::number(self->m_generation), work, stop);
    co_return answer;
}

//! What the source has in place of \a known; nothing where that is still the same, or cannot be found out.
Task<HeldCredential::Found> HeldCredential::readAgain(Ptr self, Credential known, std::stop_token stop)
{
    const int generation = self->m_generation;
    auto answer = co_await self->m_source.read(stop);
    Found newer;
    if (generation != self->m_generation)
        co_return newer;
    if (!self->isLast(known)) {
        newer = self->m_credential;
        co_return newer;
    }
    if (!answer || !*answer)
        co_return newer;
    // What has been replaced already, but could not be kept, is no news.
    const Credential& read = **answer;
    const bool isSame =
        read.user == known.user && (read.secret == known.secret || read.secret == self->m_lent);
    if (!isSame) {
        self->take(*answer);
        newer = *answer;
    }
    co_return newer;
}

Task<Result<AsyncSemaphore::Permit>>
HeldCredential::turn(Ptr self, Credential known, std::shared_ptr<Credential> newest, std::stop_token stop)
{
    auto permit = co_await self->m_source.turn.acquire(stop);
    if (!permit)
        co_return fail(std::move(permit.error()).during(u"log in"_s));
    // The one before may have got a new one, or another program.
    *newest = self->m_isKnown && self->m_credential ? *self->m_credential : known;
    if (self->m_source.replace) {
        const auto newer = co_await readAgain(self, *newest, stop);
        if (newer)
            *newest = *newer;
    }
    co_return permit;
}

Task<HeldCredential::Found> HeldCredential::changed(Ptr self, Credential refused, std::stop_token stop)
{
    Found newer;
    if (!self->m_source.read)
        co_return newer;
    if (!self->isLast(refused)) {
        newer = self->m_credential;
        co_return newer;
    }
    newer = co_await readAgain(self, refused, stop);
    // One that nobody can put anything in place of does not change by itself.
    const bool mayCome = refused.isIdentityToken && self->m_source.replace;
    for (int again = 1; !newer && mayCome && again < Rereads; ++again) {
        const auto paused = co_await sleepFor(RereadPause, stop);
        if (!paused)
            break;
        newer = co_await readAgain(self, refused, stop);
    }
    co_return newer;
}

Task<void> HeldCredential::replace(Ptr self, QString used, QString next)
{
    const int generation = self->m_generation;
    if (self->m_credential && self->m_credential->isIdentityToken && self->m_credential->secret == used)
        self->m_credential->secret = next;
    if (!self->m_source.replace)
        co_return;
    const bool isKept = co_await self->m_source.replace(used, next);
    if (isKept && generation == self->m_generation)
        self->m_lent = next;
}

} // namespace Tagboat
