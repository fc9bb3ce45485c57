// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/enginethread.h"
#include "base/worker.h"
#include "workbench/filelistings.h"
#include "workbench/workbench.h"

#include <QFileSystemWatcher>
#include <QTimer>

#include <functional>

namespace Tagboat {

//! The engine side of a workbench; touched on the engine thread only.
struct EngineState
{
    std::shared_ptr<Session> session;
    std::optional<Error> openError;
    std::shared_ptr<FileListings> files; //!< made when first needed
};

template<typename R, typename Function>
Task<R> withSession(std::shared_ptr<EngineState> state, Function function, std::stop_token stop)
{
    if (!state->session) {
        co_return std::unexpected(
            state->openError.value_or(Error::make(Error::Code::Internal, {}, QStringLiteral("not open"))));
    }
    const std::shared_ptr<Session> session = state->session;
    R result = co_await function(session, stop);
    co_return result;
}

struct Workbench::Private
{
    explicit Private(SessionPaths where) : paths(std::move(where)), profiles(paths.configDirectory) { }

    //! Runs \a function(session, stop) → Task<Result<T>> on the engine thread.
    template<typename Function>
    auto call(Function function)
    {
        using R =
            typename std::invoke_result_t<Function, std::shared_ptr<Session>, std::stop_token>::value_type;
        return engine.run([state = state, function = std::move(function)](std::stop_token stop) {
            return withSession<R>(state, function, std::move(stop));
        });
    }
    //! Runs \a function(session) on the engine thread, where there is a session. Its signals are the answer.
    void onSession(std::function<void(Session&)> function)
    {
        engine.post([state = state, function = std::move(function)] {
            if (state->session)
                function(*state->session);
        });
    }
    //! Runs \a function(store) → Result<T> on a worker.
    template<typename Function>
    auto onStore(Function function)
    {
        return call([function = std::move(function)](std::shared_ptr<Session> session, std::stop_token) {
            return onWorker([store = session->store(), function] { return function(*store); });
        });
    }
    //! Runs \a function(client) → Task<Result<T>> with the client of a saved profile.
    template<typename Function>
    auto onRegistry(const QString& profileId, Function function);

    SessionPaths paths;
    ProfileStore profiles; //!< the GUI thread's own view of the same file
    std::shared_ptr<EngineState> state = std::make_shared<EngineState>();
    EngineThread engine;
    QFileSystemWatcher watcher;
    QTimer storeTimer; //!< gathers bursts of changes in the store folder into one signal
    bool isShutDown = false;

    //! What is known of the images that were listed last: workbenchradar.cpp.
    struct News
    {
        QList<StoredImage> images;
        bool hasImages = false;
        ImageNewsMap map;
        QDateTime checkedAll;
        bool isLooking = false; //!< at what is known
        bool hasLooked = false;
        bool looksAgain = false;
        std::shared_ptr<std::stop_source> check; //!< null: none runs
        NewsQuestion running;
        NewsProgress progress;
        QList<NewsReport> finished; //!< to be told when what they changed is looked at
        QList<NewsQuestion> waiting;
    };
    News news;
    void imagesListed(Workbench* workbench, const QFuture<Result<StoreSnapshot>>& listing);
    void lookForNews(Workbench* workbench);
    void startNextCheck(Workbench* workbench);
};

template<typename R, typename Function>
Task<R> withClient(std::shared_ptr<Session> session, QString profileId, Function function,
                   std::stop_token stop)
{
    const auto profile = session->profiles().profile(profileId);
    if (!profile)
        co_return fail(Error::Code::NotFound, profileId, QStringLiteral("no such account"));
    auto client = session->client(profile->registry, profile->id);
    if (!client)
        co_return std::unexpected(std::move(client.error()));
    R result = co_await function(*client, stop);
    co_return result;
}

template<typename Function>
auto Workbench::Private::onRegistry(const QString& profileId, Function function)
{
    using R =
        typename std::invoke_result_t<Function, std::shared_ptr<RegistryClient>, std::stop_token>::value_type;
    return call(
        [profileId, function = std::move(function)](std::shared_ptr<Session> session, std::stop_token stop) {
            return withClient<R>(std::move(session), profileId, function, std::move(stop));
        });
}

} // namespace Tagboat
