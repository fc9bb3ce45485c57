// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pushpreviews.h"

#include "transfer/plansequence.h"
#include "workbench/workbench.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

PushPreviews::PushPreviews(Workbench& workbench, QObject* parent)
    : QObject(parent), m_workbench(workbench) { }

void PushPreviews::forget()
{
    stopWaiting();
    m_asked.clear();
    m_model.setPlans({});
}

void PushPreviews::ask(const PushRequest& request)
{
    forget();
    const QList<PushRequest> parts = request.apart();
    for (const PushRequest& part : parts)
        m_asked.append({part, std::nullopt});
    m_model.setPlans(plans());
    const int question = m_question;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        m_workbench.planPush(parts[i]).then(this, [this, i, question](const Result<PushPreview>& answer) {
            if (question == m_question)
                note(i, answer);
        });
    }
}

void PushPreviews::note(qsizetype index, const Result<PushPreview>& answer)
{
    m_asked[index].answer = answer;
    m_model.setPlans(plans());
    const bool isComplete =
        std::ranges::all_of(m_asked, [](const Asked& asked) { return asked.answer.has_value(); });
    if (isComplete || m_asked[index].isRefused())
        Q_EMIT answered();
}

qsizetype PushPreviews::decisive() const
{
    const auto refused = std::ranges::find_if(m_asked, &Asked::isRefused);
    return refused == m_asked.cend() ? 0 : refused - m_asked.cbegin();
}

PushTarget PushPreviews::target(qsizetype index) const
{
    return index < m_asked.size() ? m_asked[index].request.targets().constFirst() : PushTarget();
}

QList<TitledPlan> PushPreviews::plans() const
{
    QList<TitledPlan> plans;
    PlanSequence sequence;
    for (const Asked& asked : m_asked) {
        const Reference& place = asked.request.destination;
        TitledPlan titled;
        if (m_asked.size() > 1)
            titled.title = place.familiarName();
        if (!asked.answer)
            titled.badge = {tr("asking…"), Tone::Normal};
        else if (!*asked.answer)
            titled.badge = {tr("not reached"), Tone::Error};
        else if ((*asked.answer)->refusal)
            titled.badge = {tr("refused"), Tone::Error};
        else if (!(*asked.answer)->actingAs.isEmpty())
            titled.badge = {(*asked.answer)->actingAs, Tone::Info};
        if (asked.answer && *asked.answer)
            titled.plan = sequence.add(place.registry(), place.repository(), (*asked.answer)->plan);
        plans.append(titled);
    }
    return plans;
}

Result<PushPreview> PushPreviews::whole() const
{
    const Asked& decisive = m_asked[this->decisive()];
    if (decisive.isRefused() || m_asked.size() == 1)
        return *decisive.answer;
    PushPreview whole = **decisive.answer;
    whole.plan.blobs.clear();
    whole.plan.names.clear();
    for (const TitledPlan& titled : plans()) {
        whole.plan.blobs += titled.plan->blobs;
        whole.plan.names += titled.plan->names;
    }
    QStringList users;
    for (const Asked& asked : m_asked)
        users.append((*asked.answer)->actingAs);
    users.removeAll(QString());
    users.removeDuplicates();
    whole.actingAs = users.join(u", "_s);
    return whole;
}

} // namespace Tagboat
