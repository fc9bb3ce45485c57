// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench/newsmemory.h"
#include "workbench/radar.h"
#include "workbench/workbench.h"
#include "workbench/workbenchprivate.h"

#include <QElapsedTimer>
#include <QFutureWatcher>

#include <algorithm>

// What the window is told of newer images: kept beside the list of images it belongs to.
namespace Tagboat {

namespace {

constexpr qint64 ProgressEvery = 50; // ms

//! What a look gives: the news, and when all was asked for last.
struct Look
{
    ImageNewsMap news;
    QDateTime checkedAll;
};

Task<Result<Look>> lookAt(std::shared_ptr<Session> session, QList<StoredImage> images, std::stop_token stop)
{
    auto news = co_await newsOf(session, std::move(images), std::move(stop));
    if (!news)
        co_return std::unexpected(std::move(news.error()));
    co_return Result<Look>(Look{std::move(*news), session->newsMemory()->knowledge().checkedAll});
}

//! Stopped by the end of the engine, or by \a own.
Task<Result<NewsReport>> checkUntilStopped(std::shared_ptr<Session> session, QList<StoredImage> images,
                                           NewsQuestion question, NewsProgressCallback progress,
                                           std::shared_ptr<std::stop_source> own, std::stop_token stop)
{
    const std::stop_callback forward(stop, [own] { own->request_stop(); });
    auto report = co_await checkForNews(std::move(session), std::move(images), std::move(question),
                                        std::move(progress), own->get_token());
    co_return report;
}

} // namespace

void Workbench::Private::imagesListed(Workbench* workbench, const QFuture<Result<StoreSnapshot>>& listing)
{
    auto* const watcher = new QFutureWatcher<Result<StoreSnapshot>>(workbench);
    connect(watcher, &QFutureWatcherBase::finished, workbench, [this, workbench, watcher] {
        watcher->deleteLater();
        if (watcher->isCanceled() || watcher->future().resultCount() == 0 || !watcher->result())
            return;
        news.images = watcher->result()->images;
        news.hasImages = true;
        lookForNews(workbench);
        startNextCheck(workbench);
    });
    watcher->setFuture(listing);
}

void Workbench::Private::lookForNews(Workbench* workbench)
{
    if (!news.hasImages)
        return;
    if (news.isLooking) {
        news.looksAgain = true;
        return;
    }
    news.isLooking = true;
    call([images = news.images](std::shared_ptr<Session> session, std::stop_token stop) {
        return lookAt(std::move(session), images, std::move(stop));
    }).then(workbench, [this, workbench](const Result<Look>& look) {
        news.isLooking = false;
        const bool isLast = !std::exchange(news.looksAgain, false);
        if (!isLast)
            lookForNews(workbench);
        const bool isFirst = look && !std::exchange(news.hasLooked, true);
        if (look && (isFirst || news.map != look->news || news.checkedAll != look->checkedAll)) {
            news.map = look->news;
            news.checkedAll = look->checkedAll;
            Q_EMIT workbench->newsChanged();
        }
        if (!isLast)
            return;
        const QList<NewsReport> reports = std::exchange(news.finished, {});
        for (const NewsReport& report : reports)
            Q_EMIT workbench->newsChecked(report);
    });
}

void Workbench::Private::startNextCheck(Workbench* workbench)
{
    if (news.check || news.waiting.isEmpty() || !news.hasImages)
        return;
    const NewsQuestion question = news.waiting.takeFirst();
    const auto stop = std::make_shared<std::stop_source>();
    news.check = stop;
    news.running = question;
    news.progress = {};
    const auto told = std::make_shared<QElapsedTimer>();
    const NewsProgressCallback progress = [this, workbench, told, stop](const NewsProgress& now) {
        if (told->isValid() && told->elapsed() < ProgressEvery && now.asked < now.total)
            return;
        told->start();
        QMetaObject::invokeMethod(workbench, [this, workbench, now, stop] {
            if (news.check != stop)
                return;
            news.progress = now;
            Q_EMIT workbench->newsCheckChanged();
        });
    };
    call([images = news.images, question, progress, stop](std::shared_ptr<Session> session,
                                                          std::stop_token end) {
        return checkUntilStopped(std::move(session), images, question, progress, stop, std::move(end));
    }).then(workbench, [this, workbench](const Result<NewsReport>& report) {
        news.check.reset();
        if (report)
            news.finished.append(*report);
        lookForNews(workbench); // and then the report is told
        startNextCheck(workbench);
        Q_EMIT workbench->newsCheckChanged();
    });
    Q_EMIT workbench->newsCheckChanged();
}

const ImageNewsMap& Workbench::news() const
{
    return d->news.map;
}

const QList<StoredImage>& Workbench::listedImages() const
{
    return d->news.images;
}

void Workbench::checkForNews(const NewsQuestion& question)
{
    // All of them are being asked for already: nobody wants that twice in a row.
    const bool isWaiting = std::ranges::any_of(d->news.waiting, [&question](const NewsQuestion& other) {
        return other.images == question.images && other.mayCostPulls == question.mayCostPulls;
    });
    const bool isRunning = d->news.check && d->news.running.images.isEmpty() && question.images.isEmpty();
    if (isWaiting || isRunning)
        return;
    d->news.waiting.append(question);
    d->startNextCheck(this);
}

void Workbench::stopNewsCheck()
{
    d->news.waiting.clear();
    if (d->news.check)
        d->engine.post([stop = d->news.check] { stop->request_stop(); });
}

bool Workbench::isCheckingForNews() const
{
    return d->news.check != nullptr;
}

NewsProgress Workbench::newsProgress() const
{
    return d->news.progress;
}

QDateTime Workbench::newsCheckedAll() const
{
    return d->news.checkedAll;
}

} // namespace Tagboat
