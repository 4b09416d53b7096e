using Google.Protobuf.Collections;
using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Values;
using Confidence = WasteFree.Exchange.V1.Confidence;
using Direction = WasteFree.Exchange.V1.Direction;
using IndicatorKind = WasteFree.Exchange.V1.IndicatorKind;

namespace WasteFree.Exchange.Server.Catalogs;

/// <summary>From catalogue rows to the contract's messages.</summary>
internal static class CatalogMapping
{
    public static V1.Indicator ToMessage(Indicator indicator)
    {
        var message = new V1.Indicator
        {
            Code = indicator.Code,
            Version = indicator.Version.ToString(),
            NameZh = indicator.NameZh,
            NameEn = indicator.NameEn,
            Level1 = indicator.Level1,
            Level2 = indicator.Level2,
            Mandatory = indicator.Mandatory,
            Unit = indicator.Unit,
            Numerator = indicator.Numerator,
            Denominator = indicator.Denominator,
            NumeratorUnit = indicator.NumeratorUnit,
            DenominatorUnit = indicator.DenominatorUnit,
            Kind = indicator.Kind switch
            {
                Catalog.IndicatorKind.Ratio => IndicatorKind.Ratio,
                Catalog.IndicatorKind.Intensity => IndicatorKind.Intensity,
                Catalog.IndicatorKind.Amount => IndicatorKind.Amount,
                Catalog.IndicatorKind.Stock => IndicatorKind.Stock,
                Catalog.IndicatorKind.Count => IndicatorKind.Count,
                Catalog.IndicatorKind.Flag => IndicatorKind.Flag,
                Catalog.IndicatorKind.Event => IndicatorKind.Event,
            },
            Direction = indicator.Direction switch
            {
                Catalog.Direction.Higher => Direction.Higher,
                Catalog.Direction.Lower => Direction.Lower,
                Catalog.Direction.Neutral => Direction.Neutral,
            },
            Aggregation = indicator.Aggregation switch
            {
                Aggregation.Sum => V1.Aggregation.Sum,
                Aggregation.Last => V1.Aggregation.Last,
                Aggregation.Parts => V1.Aggregation.Parts,
                Aggregation.None => V1.Aggregation.None,
            },
            HardMin = indicator.HardMin?.ToString() ?? "",
            HardMax = indicator.HardMax?.ToString() ?? "",
            SoftMin = indicator.SoftMin?.ToString() ?? "",
            SoftMax = indicator.SoftMax?.ToString() ?? "",
            ValidFrom = indicator.ValidFrom?.ToString() ?? "",
            ValidTo = indicator.ValidTo?.ToString() ?? "",
            Source = indicator.Source,
            Owner = indicator.Owner switch
            {
                DefinitionOwner.Nation => V1.DefinitionOwner.Nation,
                DefinitionOwner.Chongqing => V1.DefinitionOwner.Chongqing,
                DefinitionOwner.Sichuan => V1.DefinitionOwner.Sichuan,
                DefinitionOwner.Wanzhou => V1.DefinitionOwner.Wanzhou,
                DefinitionOwner.Hub => V1.DefinitionOwner.Hub,
                DefinitionOwner.Unstated => V1.DefinitionOwner.Unspecified,
            },
            Sharing = indicator.Sharing switch
            {
                Sharing.Unconditional => V1.SharingAttribute.Unconditional,
                Sharing.Conditional => V1.SharingAttribute.Conditional,
                Sharing.NotShared => V1.SharingAttribute.NotShared,
            },
            Confidence = ToMessage(indicator.Confidence),
            Evidence = indicator.Evidence,
        };
        message.Scopes.AddRange(indicator.Scopes.Select(scope => scope.Code()));
        message.Frequencies.AddRange(indicator.Frequencies.Select(frequency => new Period(frequency, default).FrequencyCode.ToString()));
        return message;
    }

    public static V1.Region ToMessage(Region region)
    {
        var message = new V1.Region
        {
            Code = region.Code,
            NameZh = region.NameZh,
            NameEn = region.NameEn,
            Level = region.Level switch
            {
                RegionLevel.Province => V1.RegionLevel.Province,
                RegionLevel.Prefecture => V1.RegionLevel.Prefecture,
                RegionLevel.District => V1.RegionLevel.District,
                RegionLevel.County => V1.RegionLevel.County,
                RegionLevel.CountyLevelCity => V1.RegionLevel.CountyLevelCity,
                RegionLevel.FunctionalArea => V1.RegionLevel.FunctionalArea,
                RegionLevel.Unstated => V1.RegionLevel.Unspecified,
            },
            ParentCode = region.ParentCode,
            ValidFrom = DateText(region.ValidFrom),
            ValidTo = DateText(region.ValidTo),
            FormerMeaning = region.FormerMeaning,
            PartsComplete = region.PartsComplete,
            PredecessorsComplete = region.PredecessorsComplete,
            Confidence = ToMessage(region.Confidence),
            Note = region.Note,
        };
        message.Overlaps.AddRange(region.Overlaps);
        message.Successors.AddRange(region.Successors);
        message.FormerCodes.AddRange(region.FormerCodes);
        message.FormerNames.AddRange(region.FormerNames);
        message.GroundChanged.AddRange(region.GroundChanged.Select(day => DateText(day)));
        return message;
    }

    private static V1.RegionScheme ToMessage(RegionScheme scheme) => new()
    {
        Code = scheme.Code,
        NameZh = scheme.NameZh,
        NameEn = scheme.NameEn,
        ReportingUnits = scheme.ReportingUnits,
        ValidFrom = DateText(scheme.ValidFrom),
        ValidTo = DateText(scheme.ValidTo),
        Source = scheme.Source,
        Confidence = ToMessage(scheme.Confidence),
        Note = scheme.Note,
    };

    private static V1.SchemeMember ToMessage(SchemeMember member) => new()
    {
        Region = member.Region,
        Extent = member.Extent switch
        {
            SchemeExtent.Full => V1.SchemeExtent.Full,
            SchemeExtent.Partial => V1.SchemeExtent.Partial,
            SchemeExtent.None => V1.SchemeExtent.None,
        },
        ValidFrom = DateText(member.ValidFrom),
        ValidTo = DateText(member.ValidTo),
        Confidence = ToMessage(member.Confidence),
        Note = member.Note,
    };

    public static V1.Category ToMessage(Category category)
    {
        var message = new V1.Category
        {
            CodeList = category.CodeList,
            Code = category.Code,
            NameZh = category.NameZh,
            NameEn = category.NameEn,
        };
        message.Indicators.AddRange(category.Indicators.Items);
        return message;
    }

    /// <param name="goal">What it asks for, in signs: that depends on its indicator too.</param>
    public static V1.Target ToMessage(Target target, string goal) => new()
    {
        Goal = goal,
        Id = target.Id,
        Region = target.Region,
        Period = target.Period.ToString(),
        Deadline = DateText(target.Deadline),
        Indicator = target.Indicator,
        Relation = target.Relation switch
        {
            TargetRelation.Same => V1.TargetRelation.Same,
            TargetRelation.Related => V1.TargetRelation.Related,
            TargetRelation.None => V1.TargetRelation.None,
            TargetRelation.NotAResult => V1.TargetRelation.NotAResult,
        },
        RelatedIndicator = target.RelatedIndicator,
        Scope = target.Scope.Code(),
        Category = target.Category,
        NameZh = target.NameZh,
        NameEn = target.NameEn,
        Comparator = ToMessage(target.Comparator),
        ComparatorStated = target.ComparatorStated,
        Value = target.Value.ToString(),
        Unit = target.Unit,
        DepartmentsZh = target.DepartmentsZh,
        TaskNo = target.TaskNo,
        SourceDocument = target.SourceDocument,
        Clause = target.Clause,
        Quote = target.Quote,
        Kind = target.Kind switch
        {
            TargetKind.Ratio => V1.TargetKind.Ratio,
            TargetKind.Amount => V1.TargetKind.Amount,
            TargetKind.Count => V1.TargetKind.Count,
            TargetKind.Event => V1.TargetKind.Event,
            TargetKind.Threshold => V1.TargetKind.Threshold,
            TargetKind.Unstated => V1.TargetKind.Unspecified,
        },
        Note = target.Note,
        PartOf = target.PartOf,
        BasePeriod = target.BasePeriod?.ToString() ?? "",
        BaseValue = target.BaseValue?.ToString() ?? "",
        DeadlineStated = target.DeadlineStated,
    };

    public static V1.TargetComparator ToMessage(Comparator comparator) => comparator switch
    {
        Comparator.AtLeast => V1.TargetComparator.AtLeast,
        Comparator.AtMost => V1.TargetComparator.AtMost,
        Comparator.Above => V1.TargetComparator.Above,
        Comparator.Below => V1.TargetComparator.Below,
        Comparator.Equal => V1.TargetComparator.Equal,
    };

    public static V1.PlanTask ToMessage(PlanTask task)
    {
        var message = new V1.PlanTask
        {
            Number = task.Number,
            Section = task.Section,
            TitleZh = task.TitleZh,
            TitleEn = task.TitleEn,
            DepartmentsZh = task.DepartmentsZh,
            DepartmentNote = task.DepartmentNote,
            Mode = task.Mode switch
            {
                TaskMode.ByResponsibility => V1.TaskMode.ByResponsibility,
                TaskMode.Lead => V1.TaskMode.Lead,
                TaskMode.Unstated => V1.TaskMode.Unspecified,
            },
            Region = task.Region,
            SourceDocument = task.SourceDocument,
        };
        message.Targets.AddRange(task.Targets);
        return message;
    }

    public static V1.Organization ToMessage(Organization organization)
    {
        var message = new V1.Organization
        {
            Id = organization.Id,
            NameZh = organization.NameZh,
            NameEn = organization.NameEn,
            Kind = organization.Kind switch
            {
                OrganizationKind.Hub => V1.OrganizationKind.Hub,
                OrganizationKind.Province => V1.OrganizationKind.Province,
                OrganizationKind.City => V1.OrganizationKind.City,
                OrganizationKind.District => V1.OrganizationKind.District,
                OrganizationKind.Department => V1.OrganizationKind.Department,
                OrganizationKind.Demo => V1.OrganizationKind.Demo,
                OrganizationKind.Unstated => V1.OrganizationKind.Unspecified,
            },
            Illustrative = organization.Illustrative,
        };
        message.Regions.AddRange(organization.Regions.Items);
        return message;
    }

    public static V1.Mandate ToMessage(Mandate mandate)
    {
        var message = new V1.Mandate { Organization = mandate.Organization, Authoritative = mandate.Authoritative, DueDays = mandate.DueDays };
        message.Indicators.AddRange(mandate.Indicators.Items);
        message.Regions.AddRange(mandate.Regions.Items);
        return message;
    }

    public static V1.Bridge ToMessage(Bridge bridge)
    {
        var message = new V1.Bridge
        {
            Indicator = bridge.Indicator,
            FromMajor = bridge.FromMajor,
            ToMajor = bridge.ToMajor,
            Factor = bridge.FactorText,
            OverlapPeriod = bridge.OverlapPeriod.ToString(),
            Source = bridge.Source,
            Approver = bridge.Approver,
        };
        message.Regions.AddRange(bridge.Regions.Items);
        return message;
    }

    public static V1.Density ToMessage(Density density)
    {
        var message = new V1.Density { Value = density.Value.ToString(), Unit = density.Unit, Source = density.Source };
        message.Indicators.AddRange(density.Indicators.Items);
        message.Categories.AddRange(density.Categories.Items);
        return message;
    }

    public static V1.Grant ToMessage(Grant grant)
    {
        var message = new V1.Grant
        {
            Grantee = grant.Grantee,
            Owner = grant.Owner,
            Purpose = grant.Purpose,
            ValidFrom = DateText(grant.ValidFrom),
            ValidUntil = DateText(grant.ValidUntil),
        };
        message.Indicators.AddRange(grant.Indicators.Items);
        message.Regions.AddRange(grant.Regions.Items);
        return message;
    }

    public static V1.Indicator ToRow(Indicator indicator) => WithColumns(ToMessage(indicator), message => message.Columns, indicator);

    public static V1.Region ToRow(Region region) => WithColumns(ToMessage(region), message => message.Columns, region);

    public static V1.RegionScheme ToRow(RegionScheme scheme, CatalogSnapshot catalog)
    {
        var message = WithColumns(ToMessage(scheme), message => message.Columns, scheme);
        message.Members.AddRange(catalog.SchemeMembers.Where(member => member.Scheme == scheme.Code)
            .Select(member => WithColumns(ToMessage(member), row => row.Columns, member)));
        return message;
    }

    public static V1.Category ToRow(Category category) => WithColumns(ToMessage(category), message => message.Columns, category);

    public static V1.Target ToRow(Target target, string goal) => WithColumns(ToMessage(target, goal), message => message.Columns, target);

    public static V1.PlanTask ToRow(PlanTask task) => WithColumns(ToMessage(task), message => message.Columns, task);

    public static V1.Organization ToRow(Organization organization) => WithColumns(ToMessage(organization), message => message.Columns, organization);

    public static V1.Mandate ToRow(Mandate mandate) => WithColumns(ToMessage(mandate), message => message.Columns, mandate);

    public static V1.Bridge ToRow(Bridge bridge) => WithColumns(ToMessage(bridge), message => message.Columns, bridge);

    public static V1.Density ToRow(Density density) => WithColumns(ToMessage(density), message => message.Columns, density);

    public static V1.Grant ToRow(Grant grant) => WithColumns(ToMessage(grant), message => message.Columns, grant);

    /// <summary>A list of the catalogue also says what was loaded, so that it can be loaded again; an answer that names a row does not.</summary>
    private static T WithColumns<T>(T message, Func<T, MapField<string, string>> columnsOf, CatalogRecord row)
    {
        columnsOf(message).Add(row.Columns.ToDictionary());
        return message;
    }

    private static Confidence ToMessage(Catalog.Confidence confidence) => confidence switch
    {
        Catalog.Confidence.High => Confidence.High,
        Catalog.Confidence.Medium => Confidence.Medium,
        Catalog.Confidence.Low => Confidence.Low,
        Catalog.Confidence.Unstated => Confidence.Unspecified,
    };

    private static string DateText(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
