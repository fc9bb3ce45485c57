// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transfercards.h"

#include "models/jobsmodel.h"
#include "ui/transfercard.h"

#include <QVBoxLayout>

#include <set>

using namespace std::chrono_literals;

namespace Tagboat {

namespace {

//! Cards made in one go.
constexpr int CardsAtOnce = 6;

} // namespace

TransferCards::TransferCards(JobsModel& model, QVBoxLayout& list, QWidget& contents, QObject* parent)
    : QObject(parent), m_model(model), m_list(list), m_contents(contents)
{
    m_builder.setSingleShot(true);
    m_builder.setInterval(0ms);
    connect(&m_builder, &QTimer::timeout, this, &TransferCards::buildSome);
    connect(&m_model, &JobsModel::modelReset, this, &TransferCards::arrange);
    connect(&m_model, &JobsModel::rowsInserted, this, &TransferCards::arrange);
    connect(&m_model, &JobsModel::rowsMoved, this, &TransferCards::arrange);
    connect(&m_model, &JobsModel::rowsRemoved, this, &TransferCards::arrange);
    connect(&m_model, &JobsModel::dataChanged, this, [this](const QModelIndex& first) {
        const JobSnapshot* job = m_model.job(first);
        if (TransferCard* changed = job ? card(job->id) : nullptr)
            changed->setJob(*job);
    });
}

//! Brings the cards into the model's order; those that are still to be made follow in buildSome().
void TransferCards::arrange()
{
    std::set<QString> known;
    int place = 0;
    bool missing = false;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const JobSnapshot& job = *m_model.job(m_model.index(row));
        known.insert(job.id);
        TransferCard* one = card(job.id);
        if (!one) {
            missing = true;
            continue;
        }
        if (m_list.indexOf(one) != place) {
            m_list.removeWidget(one);
            m_list.insertWidget(place, one);
        }
        ++place;
    }
    m_cards.removeIf([&](const auto& entry) {
        if (known.contains(entry.key()))
            return false;
        m_list.removeWidget(entry.value());
        entry.value()->deleteLater();
        return true;
    });
    if (missing)
        m_builder.start();
}

void TransferCards::buildSome()
{
    int count = 0;
    for (int row = 0; row < m_model.rowCount() && count < CardsAtOnce; ++row) {
        const JobSnapshot& job = *m_model.job(m_model.index(row));
        if (m_cards.contains(job.id))
            continue;
        auto* const one = new TransferCard(job, &m_contents);
        m_cards.insert(job.id, one);
        Q_EMIT made(one);
        ++count;
    }
    if (count > 0)
        arrange();
}

} // namespace Tagboat
