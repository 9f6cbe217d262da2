"""Why this room says no."""

from __future__ import annotations

# code -> (sentence, next step)
REFUSALS = {
    "navigation.analysts_only": (
        "Chains and projects are kept by analysts.",
        "Sign in with an account that has the role, or ask an operator for it.",
    ),
    "navigation.team_only": (
        "Only the team of a project may do this.",
        "Ask the lead of the project to take you into the team.",
    ),
    "navigation.lead_only": ("Only the lead of the project signs for it.", "Ask the lead."),
    "navigation.reviewer_only": (
        "Samples are looked at again by reviewers of the project, who did not label them.",
        "Ask the lead to name you as a reviewer.",
    ),
    "navigation.platform_only": ("Only the platform itself computes editions.", "There is nothing to do."),
    "navigation.industry_unknown": ("There is no industry “%(given)s”.", "Choose one of the list."),
    "navigation.version_unknown": (
        "This industry has no version %(version)s.",
        "Choose one of those that are listed.",
    ),
    "navigation.node_unknown": ("The chain has no node %(node)s.", "Choose one of the tree."),
    "navigation.node_taken": ("The chain has a node %(node)s already.", "Choose another place or number."),
    "navigation.node_code": (
        "“%(node)s” is no number of a node.",
        "Numbers are parted by full stops, as in 2.1.3, and the node above must be there.",
    ),
    "navigation.node_name": ("A node needs a name in Chinese and in English.", "Enter both."),
    "navigation.node_inside_itself": (
        "Node %(node)s cannot be moved below itself.",
        "Choose a place outside what is below it.",
    ),
    "navigation.node_too_deep": ("A chain has at most %(most)s levels.", "Choose a place further up."),
    "navigation.too_many_nodes": ("A chain has at most %(most)s nodes.", "Put some of them together."),
    "navigation.strategy_unreadable": (
        "The strategy of node %(node)s cannot be read: %(message)s",
        "Correct it at character %(position)s; the search page shows how queries are written.",
    ),
    "navigation.strategy_set": (
        "The strategy of node %(node)s names a list of somebody's (SET).",
        "Say in words, classes and names what is looked for, so that others can use the chain.",
    ),
    "navigation.chain_incomplete": (
        "The chain cannot be published: %(what)s.",
        "Bind each lowest node to a strategy and give the chain three levels or more.",
    ),
    "navigation.no_draft": ("There is no draft of this chain.", "Change something first."),
    "navigation.pack_unreadable": (
        "The file is no industry pack: %(what)s.",
        "Take an exported pack as the pattern; how it is made stands in the how-to.",
    ),
    "navigation.pack_too_large": (
        "An industry pack has at most %(most)s bytes.",
        "Leave out what does not belong to it.",
    ),
    "navigation.project_unknown": ("There is no such project, or it is not open to you.", "Look at the list."),
    "navigation.project_words": (
        "The project needs title, question and scope.",
        "Say in a sentence each what is to be decided and what is looked at.",
    ),
    "navigation.stage_incomplete": (
        "This stage cannot be closed: %(missing)s.",
        "Do what is missing; each line of the stage leads to its place.",
    ),
    "navigation.stage_over": ("The project has gone through all its stages.", "There is nothing to close."),
    "navigation.person_unknown": ("There is no account %(username)s.", "Check the spelling."),
    "navigation.reviewer_works": (
        "A reviewer does not work on the project in another way.",
        "Choose another person, or take the person out of the team first.",
    ),
    "navigation.last_lead": ("A project keeps a lead.", "Name another lead first."),
    "navigation.sample_unknown": ("There is no such sample.", "Look at the samples of the project."),
    "navigation.sample_size": ("A sample has %(least)s to %(most)s patents.", "Choose a number between."),
    "navigation.sample_empty": ("There is nothing to draw a sample from.", "Look at what the query finds."),
    "navigation.seed_size": ("An expansion begins from %(least)s to %(most)s examples.", "Name more or fewer patents."),
    "navigation.seed_unknown": ("%(given)s is not a number on record.", "Correct or remove the line."),
    "navigation.seed_no_contrast": (
        "The register holds too few patents of other classes to learn what does not belong.",
        "Load more, or look at the citations of the examples by hand.",
    ),
    "navigation.expansion_unknown": ("There is no such expansion.", "Look at the project."),
    "navigation.sample_independent": (
        "The query of a recall sample must not lean on the node's own words or classes.",
        "Name patents in another way: known applicants, a list of numbers.",
    ),
    "navigation.sample_unlabelled": (
        "%(left)s patents of the sample are not labelled yet.",
        "Label them first.",
    ),
    "navigation.label_unknown": ("This patent is not in the sample.", "Look at the sample."),
    "navigation.review_own": (
        "Whoever labelled a sample cannot look at it again.",
        "Ask another reviewer of the project.",
    ),
    "navigation.edition_unknown": ("There is no such edition, or it is not open to you.", "Look at the project."),
    "navigation.edition_running": ("An edition of this project is being computed.", "Wait until it is there."),
    "navigation.edition_not_ready": ("This edition is not ready.", "Wait until it has been computed."),
    "navigation.edition_objected": (
        "A reviewer objects to this edition.",
        "Settle it with the reviewer, who may give another opinion, or compute a new edition.",
    ),
    "navigation.edition_published": ("This edition is published and stays as it is.", "Compute a new one."),
    "navigation.edition_broke_off": (
        "The computing broke off.",
        "Compute again; if it stays so, tell the operator of the platform.",
    ),
    "navigation.snapshot_moved": (
        "A load came while the edition was being read.",
        "It is begun again by itself.",
    ),
    "navigation.figure_unknown": ("This edition has no figure %(key)s.", "Follow the links of its pages."),
    "navigation.text_missing": ("There is nothing in this text.", "Write something, then save it."),
    "navigation.recommendation_words": (
        "A recommendation needs a text, an owner and a day.",
        "Fill in all three.",
    ),
    "navigation.recommendation_unknown": ("There is no such recommendation.", "Look at the project."),
    "navigation.outcome_needs_decision": (
        "An outcome is written down when the recommendation was decided upon.",
        "Note the decision first.",
    ),
    "navigation.firm_unknown": (
        "No patent on record names “%(given)s” as its applicant.",
        "Enter the name as it stands on a patent.",
    ),
    "navigation.firm_large": (
        "This name has %(total)s patents; a glance takes at most %(most)s.",
        "Begin a project for a firm of this size, or enter the name of one of its parts.",
    ),
    "navigation.words_line": (
        "Line %(line)s needs a Chinese name, an English name and a strategy.",
        "Part the three by upright strokes: 提高疗效 | More effective | 疗效 OR efficacy",
    ),
    "navigation.mark_line": (
        "Line %(line)s needs a number, a reference and where that is written.",
        "Part them by commas or tabs; the field above serves for all lines that name no place of their own.",
    ),
    "navigation.mark_unknown": (
        "Line %(line)s: no patent on record has the number “%(given)s”.",
        "Correct the number, or load the patent first.",
    ),
    "navigation.mark_most": ("A list has 1 to %(most)s lines.", "Bring it in in parts."),
    "navigation.mark_gone": ("There is no such line.", "Look at the list again."),
    "navigation.report_failed": ("The report could not be written.", "Tell the operator of the platform."),
    "navigation.opinion_missing": ("An opinion needs a verdict and a sentence.", "Choose one and say why."),
}
