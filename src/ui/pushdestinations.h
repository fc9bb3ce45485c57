// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/accountchoice.h"
#include "workbench/requests.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QComboBox;
class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace Tagboat {

/*!
 * \brief Where else an image is pushed to: a row of account, repository and tags for each place, which can be
 * removed again.
 *
 * Children: furtherRow for each row, in it furtherAccount, furtherRepository, furtherTags, furtherRemove;
 * addDestination (button).
 */
class PushDestinations : public QWidget
{
    Q_OBJECT

public:
    explicit PushDestinations(QWidget* parent = nullptr);
    ~PushDestinations() override;

    //! \a name of the image, which repositories are proposed from.
    void setName(const std::optional<Reference>& name);
    //! Says who acts where nobody was chosen by hand; rows follow it while somebody types.
    void setChooser(std::function<IdentityChoice(const IdentityQuestion&)> chooser)
    {
        m_chooser = std::move(chooser);
    }
    //! Those that can be chosen; what was chosen stays so where it is still there.
    void setAccounts(const QList<Profile>& profiles);
    //! The destination above the rows. They have its tags, too, until somebody types others.
    void setFirst(const ChosenAccount& account, const QStringList& tags);
    //! Each row as a place to push to; InvalidInput for one that is none yet, in words for the screen.
    [[nodiscard]] Result<QList<PushTarget>> targets() const;
    [[nodiscard]] QList<PushTarget> completeTargets() const; //!< those that are, whatever the others lack
    [[nodiscard]] int shownRows() const;                     //!< at once; more are scrolled to

    // For remedies, at the row that has this destination; false where none has it.
    [[nodiscard]] bool chooseAccount(const PushTarget& of, const Profile& account);
    [[nodiscard]] bool setRepository(const PushTarget& of, const QString& repository);
    [[nodiscard]] bool askForAccount(const PushTarget& of); //!< opens its list of accounts

Q_SIGNALS:
    void changed(); //!< what targets() gives is another; often, while somebody types

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row
    {
        QWidget* box = nullptr;
        QComboBox* account = nullptr;
        QLineEdit *repository = nullptr, *tags = nullptr;
        bool repositoryIsOwn = false, tagsAreOwn = false; //!< typed by the person: no proposal replaces it
        bool accountIsOwn = false;                        //!< chosen by the person: no rule replaces it
    };
    using RowPtr = std::shared_ptr<Row>;

    void add();
    void remove(const RowPtr& row);
    void propose(const RowPtr& row);
    void followRules(const RowPtr& row);
    void fitHeight();
    void blendScrollBar();
    [[nodiscard]] int unusedAccount(const QComboBox* box) const;
    [[nodiscard]] Result<PushTarget> targetOf(const Row& row) const;
    [[nodiscard]] RowPtr rowOf(const PushTarget& target) const;

    std::function<IdentityChoice(const IdentityQuestion&)> m_chooser;
    std::optional<Reference> m_name;
    QList<Profile> m_profiles;
    ChosenAccount m_first;
    QStringList m_tags;
    std::vector<RowPtr> m_rows;
    QScrollArea* m_area;
    QVBoxLayout* m_list;
    QToolButton* m_add;
};

} // namespace Tagboat
