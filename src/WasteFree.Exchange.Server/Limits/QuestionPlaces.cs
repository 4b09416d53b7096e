namespace WasteFree.Exchange.Server.Limits;

/// <summary>
/// The questions that are computed at one time: of all together, of one organisation at most half of these, and of each
/// organisation and caller as their limits say. Others wait in a line, in which whoever has no room for now is passed by.
/// </summary>
internal sealed class QuestionPlaces(int most)
{
    /// <summary>Of one organisation; the next one is refused.</summary>
    public const int MostWaiting = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ofOrganization = new(StringComparer.Ordinal);
    private readonly Dictionary<Asker, int> _ofCaller = [];
    private readonly LinkedList<Question> _line = [];
    private readonly int _most = most;
    private int _taken;

    /// <returns>To be disposed of when the question is answered; null: too many of the organisation wait.</returns>
    public async Task<IDisposable?> EnterAsync(Asker asker, OrganizationLimits limits, CancellationToken cancellationToken)
    {
        var question = new Question(this, asker, limits);
        lock (_lock)
        {
            if (TryTake(question)) return question;
            if (_line.Count(waiting => waiting.Asker.Organization == asker.Organization) >= MostWaiting) return null;
            _line.AddLast(question.Node);
        }
        await using var gone = cancellationToken.UnsafeRegister(static question => ((Question)question!).GiveUp(), question).ConfigureAwait(false);
        await question.Turn.ConfigureAwait(false);
        return question;
    }

    private bool TryTake(Question question)
    {
        var (asker, limits) = (question.Asker, question.Limits);
        var ofOrganization = _ofOrganization.GetValueOrDefault(asker.Organization);
        var ofCaller = _ofCaller.GetValueOrDefault(asker);
        if (_taken >= _most || ofOrganization >= Math.Min(limits.Questions, Math.Max(1, _most / 2)) || ofCaller >= limits.QuestionsPerCaller) return false;
        _taken++;
        _ofOrganization[asker.Organization] = ofOrganization + 1;
        _ofCaller[asker] = ofCaller + 1;
        return true;
    }

    private void Leave(Question question)
    {
        lock (_lock)
        {
            _taken--;
            Lessen(_ofOrganization, question.Asker.Organization);
            Lessen(_ofCaller, question.Asker);
            for (var node = _line.First; node is not null && _taken < _most; node = node.Next)
            {
                if (!TryTake(node.Value)) continue;
                _line.Remove(node);
                node.Value.Begin();
                return;
            }
        }
    }

    private static void Lessen<T>(Dictionary<T, int> counts, T key)
        where T : notnull
    {
        if (--counts[key] == 0) counts.Remove(key);
    }

    private sealed class Question : IDisposable
    {
        private readonly QuestionPlaces _places;
        private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left;

        public Question(QuestionPlaces places, Asker asker, OrganizationLimits limits)
        {
            (_places, Asker, Limits) = (places, asker, limits);
            Node = new LinkedListNode<Question>(this);
        }

        public Asker Asker { get; }

        public OrganizationLimits Limits { get; }

        public LinkedListNode<Question> Node { get; }

        public Task Turn => _turn.Task;

        public void Begin() => _turn.SetResult();

        /// <summary>Its caller has gone.</summary>
        public void GiveUp()
        {
            lock (_places._lock)
            {
                // Otherwise it has its place already, and gives it back by itself.
                if (Node.List is null) return;
                _places._line.Remove(Node);
            }
            _turn.SetCanceled();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) _places.Leave(this);
        }
    }
}
