// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/plansmodel.h"
#include "workbench/requests.h"

#include <QObject>

namespace Tagboat {

class Workbench;

/*!
 * \brief What every destination of a push says to it, each asked by itself: one that is slow or dead keeps
 * no other from being shown.
 */
class PushPreviews : public QObject
{
    Q_OBJECT

public:
    explicit PushPreviews(Workbench& workbench, QObject* parent = nullptr);

    //! Asks all destinations of \a request; what was asked before is not told of any more.
    void ask(const PushRequest& request);
    void stopWaiting() { ++m_question; } //!< answers that are still to come tell nothing any more
    void forget();                       //!< what was asked, and its answers
    //! The rows of all that answered.
    [[nodiscard]] PlansModel& model() { return m_model; }

    //! The destination whose answer is the whole one: the first that cannot be pushed to, if any.
    [[nodiscard]] qsizetype decisive() const;
    [[nodiscard]] PushTarget target(qsizetype index) const;
    //! A preview of all: what travels and is named in its plan, and who acts, each once; or the error or
    //! refusal of decisive(). Only after answered().
    [[nodiscard]] Result<PushPreview> whole() const;

Q_SIGNALS:
    //! All have, or one has in a way that keeps the push from being made.
    void answered();

private:
    struct Asked
    {
        PushRequest request;
        std::optional<Result<PushPreview>> answer;

        [[nodiscard]] bool isRefused() const { return answer && (!*answer || (*answer)->refusal); }
    };
    void note(qsizetype index, const Result<PushPreview>& answer);
    [[nodiscard]] QList<TitledPlan> plans() const;

    Workbench& m_workbench;
    PlansModel m_model{PlanModel::Direction::Push};
    QList<Asked> m_asked;
    int m_question = 0; //!< answers to older ones are dropped
};

} // namespace Tagboat
