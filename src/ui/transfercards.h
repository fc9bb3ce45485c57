// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

class QVBoxLayout;
class QWidget;

namespace Tagboat {

class JobsModel;
class TransferCard;

/*!
 * \brief Keeps a card for each job of a model in a layout, in the model's order and up to date.
 *
 * A long history is built in several turns of the event loop.
 */
class TransferCards : public QObject
{
    Q_OBJECT

public:
    //! Cards are children of \a contents, which \a list lays out; both and \a model outlive this.
    TransferCards(JobsModel& model, QVBoxLayout& list, QWidget& contents, QObject* parent = nullptr);

    //! Null where there is none (yet).
    [[nodiscard]] TransferCard* card(const QString& id) const { return m_cards.value(id); }

Q_SIGNALS:
    //! A new card, which nobody listens to yet.
    void made(TransferCard* card);

private:
    void arrange();
    void buildSome();

    JobsModel& m_model;
    QVBoxLayout& m_list;
    QWidget& m_contents;
    QHash<QString, TransferCard*> m_cards;
    QTimer m_builder;
};

} // namespace Tagboat
